import { divideHalfEven, type Pico, parseFixed } from './pico';
import { priceAt } from './priceAt';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/** What else a request used that the catalogue prices by the piece. */
export interface Extras {
  readonly images?: number;
  readonly webSearches?: number;
}

/** Prices are kept to 24 decimals while multiplying, so that only the final sum is rounded. */
export const priceDecimals = 24;
const priceUnitsPerPico = 10n ** 12n;

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
  const { promptTokens, completionTokens } = usage;
  if (promptTokens === undefined || completionTokens === undefined) return undefined;
  if (Object.values(usage).some(count => typeof count === 'number' && !(count >= 0))) return undefined;
  const cached = Math.min(usage.cachedTokens ?? 0, promptTokens);
  const written = Math.min(usage.cacheWriteTokens ?? 0, promptTokens - cached);
  // Providers have reported more reasoning than completion tokens; the bill never counts the excess.
  const reasoning = Math.min(usage.reasoningTokens ?? 0, completionTokens);
  const prices = priceAt(pricing, { promptTokens, atMs });
  return sumOf([
    [prices.prompt, promptTokens - cached - written],
    [prices.inputCacheRead ?? prices.prompt, cached],
    [prices.inputCacheWrite ?? prices.prompt, written],
    [prices.completion, completionTokens - reasoning],
    [prices.internalReasoning ?? prices.completion, reasoning],
    [prices.request ?? '0', 1],
    [prices.image ?? '0', extras.images ?? 0],
    [prices.webSearch ?? '0', extras.webSearches ?? 0],
  ]);
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
