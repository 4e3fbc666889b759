import type { Model, ModelEndpoint } from '../../models/model';
import { priceAt } from '../../money/priceAt';
import { parsePrice } from '../../money/priceTable';
import { isFree, isVarying } from '../../money/priceText';
import type { Pricing } from '../../money/pricing';

/** As the list of models has it; `:floor`, the cheapest provider first; or the service tier flex. */
export const whatIfRoutes = ['listed', 'floor', 'flex'] as const;
export type WhatIfRoute = (typeof whatIfRoutes)[number];

/** A price list, of which `percent` is charged. */
export interface TierPrices {
  readonly pricing: Pricing;
  readonly percent: bigint;
}

/** What is charged at the least, most likely and at the most. */
export interface RoutePrices {
  readonly low: TierPrices;
  readonly likely: TierPrices;
  readonly high: TierPrices;
}

/** The prices, or why there are none, as a sentence. */
export type PricesOrReason = { readonly prices: RoutePrices } | { readonly reason: string };

/** Of the providers that have a flex tier, by their slugs at OpenRouter; each charges half of its price on it. */
const flexProviders = new Set(['openai', 'google-vertex']);
const flexPercent = 50n;

/** `endpoints` is needed for other routes than `listed`; undefined when the server cannot say who serves the model. */
export function routePrices(
  { id, pricing }: Pick<Model, 'id' | 'pricing'>,
  route: WhatIfRoute,
  endpoints: readonly ModelEndpoint[] | undefined,
): PricesOrReason {
  if (isVarying(pricing))
    return { reason: `What ${id} costs depends on the model that it chooses, so there is no figure for it.` };
  if (!isPriced(pricing)) return { reason: `The list of models names no price for ${id}.` };
  if (route === 'listed' || isFree(pricing)) return sure({ pricing, percent: 100n });
  if (!endpoints)
    return { reason: `Who serves ${id}, and at what price, cannot be looked up now. Try again later.` };
  return route === 'floor' ? floorPrices(id, endpoints) : flexPrices(id, endpoints);
}

/** The flex tier competes, but a provider may serve the ordinary tier all the same. */
function floorPrices(id: string, endpoints: readonly ModelEndpoint[]): PricesOrReason {
  const ordinary = cheapest(endpoints.filter(each => !isFlexOnly(each)).map(toOrdinary));
  const any = cheapest(
    endpoints.flatMap(each => [...(isFlexOnly(each) ? [] : [toOrdinary(each)]), ...toFlex(each)]),
  );
  if (!any) return { reason: `No provider of ${id} has a price.` };
  return { prices: { low: any, likely: any, high: ordinary ?? any } };
}

function flexPrices(id: string, endpoints: readonly ModelEndpoint[]): PricesOrReason {
  const flex = cheapest(endpoints.flatMap(toFlex));
  if (!flex) return { reason: `No provider of ${id} has a flex tier.` };
  return { prices: { low: flex, likely: flex, high: { ...flex, percent: 100n } } };
}

const sure = (tier: TierPrices): PricesOrReason => ({ prices: { low: tier, likely: tier, high: tier } });

/** An endpoint that is listed for its tier has the tier's price. */
const isFlexOnly = ({ tag = '' }: ModelEndpoint): boolean => tag.split('/').includes('flex');

const toOrdinary = ({ pricing }: ModelEndpoint): TierPrices => ({ pricing, percent: 100n });

function toFlex(endpoint: ModelEndpoint): readonly TierPrices[] {
  const { pricing, tag = '' } = endpoint;
  if (isFlexOnly(endpoint)) return [{ pricing, percent: 100n }];
  return flexProviders.has(tag.split('/')[0] ?? '') ? [{ pricing, percent: flexPercent }] : [];
}

/** As OpenRouter sorts: by the ordinary prices of input and output together. */
function cheapest(offers: readonly TierPrices[]): TierPrices | undefined {
  const weigh = ({ pricing, percent }: TierPrices): bigint => {
    const { prompt, completion } = priceAt(pricing, { promptTokens: 0, atMs: 0 });
    return ((parsePrice(prompt) ?? 0n) + (parsePrice(completion) ?? 0n)) * percent;
  };
  return offers
    .filter(({ pricing }) => isPriced(pricing))
    .reduce<TierPrices | undefined>(
      (best, offer) => (best && weigh(best) <= weigh(offer) ? best : offer),
      undefined,
    );
}

/** Every price that text may be charged by can be read, whatever holds. */
function isPriced({ overrides = [], ...base }: Pricing): boolean {
  const named = [base, ...overrides.map(({ pricing }) => pricing)].flatMap(prices => [
    prices.prompt,
    prices.completion,
    prices.request,
    prices.internalReasoning,
    prices.inputCacheRead,
    prices.inputCacheWrite,
  ]);
  const isReadable = named.every(text => text === undefined || parsePrice(text) !== undefined);
  return isReadable && base.prompt !== undefined && base.completion !== undefined;
}
