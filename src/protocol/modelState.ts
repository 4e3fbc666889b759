import type { EndpointRow } from '../core/models/page/endpointRow';
import type { ModelView } from '../core/models/page/modelView';

/** What the page shows of a model besides its endpoints and the chart; always whole. */
export interface ModelPageState {
  readonly model: ModelView;
  /** The id that requests go to now, where that is this model in some way; else undefined. */
  readonly inUseAs?: string;
  readonly isFavourite: boolean;
  /** The routing rules in force in a few words; undefined when there are none. */
  readonly routing?: string;
  /** The one provider or endpoint that may serve at all. */
  readonly pin?: string;
  /** What must be known of the list that all this is from, such as its age; undefined when it is fresh. */
  readonly listNote?: string;
}

/** Who serves the model. */
export type EndpointsState =
  | { readonly phase: 'loading' }
  /** In one sentence. */
  | { readonly phase: 'failed'; readonly sentence: string }
  /** `atMs`: when it was looked up, in epoch ms. */
  | { readonly phase: 'known'; readonly atMs: number; readonly rows: readonly EndpointRow[] };

/** What the page saves of itself, for a reload of the window. */
export interface SavedModelPage {
  /** The id of the model that it shows. */
  readonly model: string;
}
