import { splitModelId } from '../../core/chat/modelSuffix';
import { type TierOffer, tierOffers } from '../../core/models/serviceTiers';
import type { Endpoints } from '../account/endpoints';
import type { EndpointPrices } from './endpointPrices';

/** What providers ask for the service tiers of a model: looked up when it is needed, and known from then on. */
export class ModelTiers {
  private readonly known = new Map<string, readonly TierOffer[]>();

  constructor(
    private readonly prices: Pick<EndpointPrices, 'endpointsOf'>,
    private readonly endpoints: Pick<Endpoints, 'baseUrl'>,
  ) {}

  /** As far as it is known without waiting; undefined where it was never looked up. */
  peek(id: string): readonly TierOffer[] | undefined {
    return this.known.get(this.keyOf(id));
  }

  /** Undefined when the server cannot say, and has not said before. */
  async of(id: string, signal: AbortSignal): Promise<readonly TierOffer[] | undefined> {
    const key = this.keyOf(id);
    const endpoints = await this.prices.endpointsOf(splitModelId(id).row, signal);
    if (endpoints) this.known.set(key, tierOffers(endpoints));
    return this.known.get(key);
  }

  private keyOf(id: string): string {
    return `${this.endpoints.baseUrl}\n${splitModelId(id).row}`;
  }
}

/** Where nobody asks for service tiers. */
export const noTiers: Pick<ModelTiers, 'peek' | 'of'> = { peek: () => undefined, of: async () => undefined };
