import { priceAt } from './priceAt';
import { parsePrice } from './priceTable';
import type { Pricing } from './pricing';

/** How much a user sends and receives: only the ratio counts. */
export interface UsageMix {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** Of who has asked nothing yet: questions about code are a few times as long as their answers. */
export const usualMix: UsageMix = { promptTokens: 3, completionTokens: 1 };

/**
 * What a million tokens of `mix` cost at the prices of a short prompt, in 10⁻¹⁸ USD; undefined when a price varies or
 * is not known. For comparisons, not for bills.
 */
export function mixedPrice(pricing: Pricing, mix: UsageMix, atMs: number): bigint | undefined {
  const prices = priceAt(pricing, { promptTokens: 0, atMs });
  const [input, output] = [parsePrice(prices.prompt), parsePrice(prices.completion)];
  const total = mix.promptTokens + mix.completionTokens;
  if (input === undefined || output === undefined || total <= 0) return undefined;
  const [sent, received] = [BigInt(Math.ceil(mix.promptTokens)), BigInt(Math.ceil(mix.completionTokens))];
  return (input * sent + output * received) / (sent + received);
}

/** By how many percent `after` is more than `before`, rounded; undefined where there is nothing to compare with. */
export function percentMore(before: bigint | undefined, after: bigint | undefined): number | undefined {
  if (before === undefined || after === undefined || before <= 0n) return undefined;
  return Math.round(Number(((after - before) * 10_000n) / before) / 100);
}
