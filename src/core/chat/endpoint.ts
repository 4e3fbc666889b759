import type { Catalogue } from '../models/model';
import type { AccountClient } from '../money/account';
import type { ChatClient } from './chatClient';

/** Where and as whom to call OpenRouter. */
export interface Endpoint {
  /** Checked and without a trailing slash, e.g. `https://openrouter.ai/api/v1`. */
  readonly baseUrl: string;
  /** The only origin `apiKey` may be sent to. */
  readonly origin: string;
  /** Undefined: none is stored for this origin. */
  readonly apiKey?: string;
  /** Empty text: the header is not sent. */
  readonly attribution: { readonly referer: string; readonly title: string };
  readonly noBytesMs: number;
  readonly noDataMs: number;
}

/** Makes the clients of one endpoint. Clients hold no resources and need no disposal. */
export interface OpenRouter {
  /** Loads the client library on its first call. */
  chat(endpoint: Endpoint): Promise<ChatClient>;
  catalogue(endpoint: Endpoint): Catalogue;
  account(endpoint: Endpoint): AccountClient;
}
