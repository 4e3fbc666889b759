import { splitModelId } from '../chat/modelSuffix';
import { type RequestParameters, type ServiceTier, serviceTiers } from '../chat/requestParameters';
import type { Pricing } from '../money/pricing';
import type { ModelEndpoint } from './model';

/** A service tier beside the standard one, and what a provider asks for it. */
export interface TierOffer {
  readonly tier: ServiceTier;
  readonly pricing: Pricing;
}

/** The tiers that providers of a model sell, one entry for each endpoint that does. */
export function tierOffers(endpoints: readonly ModelEndpoint[]): readonly TierOffer[] {
  return endpoints.flatMap(({ serviceTier, pricing }) => {
    const tier = serviceTiers.find(each => each === serviceTier);
    return tier === undefined ? [] : [{ tier, pricing }];
  });
}

/** What `offers` have of the tier that is asked for; `fast` is another word for `priority`. */
export function offersOf(offers: readonly TierOffer[], asked: ServiceTier | undefined): readonly TierOffer[] {
  const wanted = asked === 'fast' ? 'priority' : asked;
  return wanted === undefined ? [] : offers.filter(({ tier }) => tier === wanted);
}

/**
 * Whether an endpoint may serve a request, as far as its tier goes. The standard ones always may: a tier that is asked
 * for is not promised.
 */
export function mayServeAtTier(
  { serviceTier }: Pick<ModelEndpoint, 'serviceTier'>,
  { model, fallbackModels = [], serviceTier: asked }: RequestParameters,
): boolean {
  if (serviceTier === undefined) return true;
  if (asked === 'auto' || asked === 'scale') return true;
  const routing = [model, ...fallbackModels].flatMap(id => splitModelId(id).routing);
  const wanted = [
    asked === 'fast' ? 'priority' : asked,
    routing.includes('nitro') ? 'priority' : undefined,
    routing.includes('floor') ? 'flex' : undefined,
  ];
  return wanted.includes(serviceTier);
}
