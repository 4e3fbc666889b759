import { divideHalfEven, type Pico, parseFixed } from './pico';
import { priceAt } from './priceAt';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/** What else a request used that the catalogue prices by the piece. */
export interface Extras {
  /** In the answer. */
  readonly images?: number;
  /** In the prompt, where its list charges them by the piece beside their tokens. */
  readonly promptImages?: number;
  readonly webSearches?: number;
}

/** Prices are kept to 24 decimals while multiplying, so that only the final sum is rounded. */
export const priceDecimals = 24;
export const priceUnitsPerPico = 10n ** 12n;

/** What is charged by the piece at the prices of a list. */
export type ListedKind =
  | 'input'
  | 'cacheRead'
  | 'cacheWrite'
  | 'output'
  | 'reasoning'
  | 'request'
  | 'images'
  | 'tools';

export interface ListedItem {
  readonly kind: ListedKind;
  /** USD per piece, decimal text. */
  readonly price: string | undefined;
  readonly count: number;
}

/**
 * What `usage` costs by the catalogue. `undefined` when the token counts are not known or cannot be true, or
 * a price that counts here is missing, unreadable or negative ("varies").
 */
export function tableCost(
  usage: Usage,
  pricing: Pricing,
  atMs: number,
  extras: Extras = {},
): Pico | undefined {
  const { promptTokens = 0 } = usage;
  const items = listedItems(usage, priceAt(pricing, { promptTokens, atMs }), extras);
  return items && sumOf(items.map(({ price, count }) => [price, count]));
}

/**
 * What `usage` is charged by, each with its price in `prices`. `undefined` when the token counts are not known
 * or cannot be true.
 */
export function listedItems(
  usage: Usage,
  prices: Omit<Pricing, 'overrides'>,
  extras: Extras,
): readonly ListedItem[] | undefined {
  const { promptTokens, completionTokens } = usage;
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  if (Object.values(usage).some(count => typeof count === 'number' && !(count >= 0))) return undefined;
  const cached = Math.min(usage.cachedTokens ?? 0, promptTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, promptTokens - cached);
  // Providers have reported more reasoning than completion tokens; the bill never counts the excess.
  const reasoning = Math.min(usage.reasoningTokens ?? 0, completionTokens);
  const { prompt, completion } = prices;
  return [
    { kind: 'input', price: prompt, count: promptTokens - cached - written },
    { kind: 'cacheRead', price: prices.inputCacheRead ?? prompt, count: cached },
    { kind: 'cacheWrite', price: prices.inputCacheWrite ?? prompt, count: written },
    { kind: 'output', price: completion, count: completionTokens - reasoning },
    { kind: 'reasoning', price: prices.internalReasoning ?? completion, count: reasoning },
    { kind: 'request', price: prices.request ?? '0', count: 1 },
    { kind: 'images', price: prices.imageOutput ?? prices.image ?? '0', count: extras.images ?? 0 },
    { kind: 'images', price: prices.image ?? '0', count: extras.promptImages ?? 0 },
    { kind: 'tools', price: prices.webSearch ?? '0', count: extras.webSearches ?? 0 },
  ];
}

/** Exact Σ price × count, rounded once; a price only has to be known where its count is not zero. */
export function sumOf(
  items: readonly (readonly [price: string | undefined, count: number])[],
): Pico | undefined {
  let total = 0n;
  for (const [text, count] of items) {
    if (count === 0) continue;
    const price = parsePrice(text);
    if (price === undefined) return undefined;
    total += price * BigInt(Math.ceil(count));
  }
  return divideHalfEven(total, priceUnitsPerPico);
}

/** A catalogue price in 10⁻²⁴ USD; `undefined` when absent, unreadable or negative. */
export function parsePrice(text: string | undefined): bigint | undefined {
  const price = text === undefined ? undefined : parseFixed(text, priceDecimals);
  return price !== undefined && price >= 0n ? price : undefined;
}
