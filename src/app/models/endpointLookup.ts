import { splitModelId } from '../../core/chat/modelSuffix';
import { type Result, succeed } from '../../core/chat/result';
import type { EndpointFacts } from '../../core/models/excludingRules';
import type { ZeroRetentionEndpoint } from '../../core/models/model';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Endpoints } from '../account/endpoints';
import type { EndpointPrices } from './endpointPrices';
import type { ModelList } from './modelList';

/** Who keeps nothing changes rarely, and the list is long. */
const freshForMs = 10 * 60_000;

/** Who serves a model, and who of them keeps nothing. Looked up when it is needed. */
export class EndpointLookup {
  private known:
    | { readonly baseUrl: string; readonly atMs: number; readonly list: readonly ZeroRetentionEndpoint[] }
    | undefined;

  constructor(
    private readonly served: Pick<EndpointPrices, 'lookUp'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: Pick<OpenRouter, 'catalogue'>,
    private readonly models: Pick<ModelList, 'findCached'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** The endpoints of a model id; undefined when the server cannot say. `keepsNothing` only where it can say that. */
  async of(id: string, signal: AbortSignal): Promise<readonly EndpointFacts[] | undefined> {
    const found = await this.lookUp(id, signal);
    return found.ok ? found.value : undefined;
  }

  /** The same, or why the server cannot say. */
  async lookUp(id: string, signal: AbortSignal): Promise<Result<readonly EndpointFacts[]>> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) return endpoint;
    const catalogue = this.openRouter.catalogue(endpoint.value);
    const { row } = splitModelId(id);
    const [found, zeroRetention, model] = await Promise.all([
      this.served.lookUp(row, signal),
      this.zeroRetention(endpoint.value.baseUrl, () => catalogue.zeroRetention(signal)),
      this.models.findCached(id),
    ]);
    if (!found.ok) return found;
    const slug = model?.canonicalSlug ?? row.split(':')[0];
    const keeping = zeroRetention?.filter(each => each.model === slug || each.model === row);
    return succeed(
      found.value.map(each => ({ ...each, keepsNothing: keeping?.some(other => isSame(each, other)) })),
    );
  }

  private async zeroRetention(
    baseUrl: string,
    ask: () => ReturnType<ReturnType<OpenRouter['catalogue']>['zeroRetention']>,
  ): Promise<readonly ZeroRetentionEndpoint[] | undefined> {
    const { known } = this;
    if (known?.baseUrl === baseUrl && this.now() - known.atMs < freshForMs) return known.list;
    const asked = await ask();
    if (!asked.ok) return undefined;
    this.known = { baseUrl, atMs: this.now(), list: asked.value };
    return asked.value;
  }
}

const isSame = (
  one: { readonly provider?: string; readonly tag?: string },
  other: { readonly provider?: string; readonly tag?: string },
): boolean => (one.tag ?? one.provider) === (other.tag ?? other.provider);
