import type { Endpoint } from '../../core/chat/endpoint';
import type { Result } from '../../core/chat/result';
import type { Catalogue, ModelEndpoint } from '../../core/models/model';
import type { Pricing } from '../../core/money/pricing';
import type { Endpoints } from '../account/endpoints';

/** Prices change; within a minute a question and its repetition share an answer. */
const freshForMs = 60_000;
/** More models than these are not asked about in a minute. */
const mostKept = 50;

interface Looked {
  readonly atMs: number;
  readonly found: Promise<Result<readonly ModelEndpoint[]>>;
}

/** What each provider of a model asks, looked up when it is needed and kept for a minute. */
export class EndpointPrices {
  private readonly looked = new Map<string, Looked>();

  constructor(
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: { catalogue(endpoint: Endpoint): Pick<Catalogue, 'endpoints'> },
    private readonly now: () => number = Date.now,
  ) {}

  /** Of the endpoints of the row `id` that may serve; undefined when the server cannot say. */
  async of(
    id: string,
    signal: AbortSignal,
    mayServe: (endpoint: ModelEndpoint) => boolean = () => true,
  ): Promise<readonly Pricing[] | undefined> {
    return (await this.endpointsOf(id, signal))?.filter(mayServe).map(({ pricing }) => pricing);
  }

  /** Who serves the row `id` of the list of models; undefined when the server cannot say. */
  async endpointsOf(id: string, signal: AbortSignal): Promise<readonly ModelEndpoint[] | undefined> {
    const found = await this.lookUp(id, signal);
    return found.ok ? found.value : undefined;
  }

  /** Who serves the row `id` of the list of models, or why that cannot be said. */
  async lookUp(id: string, signal: AbortSignal): Promise<Result<readonly ModelEndpoint[]>> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) return endpoint;
    const key = `${endpoint.value.baseUrl}\n${id}`;
    const known = this.looked.get(key);
    if (known && this.now() - known.atMs < freshForMs) return known.found;
    const found = this.openRouter.catalogue(endpoint.value).endpoints(id, signal);
    if (this.looked.size >= mostKept) this.looked.clear();
    this.looked.set(key, { atMs: this.now(), found });
    const result = await found;
    // A failure, or a question that was taken back, says nothing to the next one.
    if (!result.ok && this.looked.get(key)?.found === found) this.looked.delete(key);
    return result;
  }
}
