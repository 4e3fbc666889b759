import { formatPico } from './pico';
import { priceAt } from './priceAt';
import { priceRange } from './priceText';
import type { Pricing } from './pricing';

/** What a request was expected to cost before it left. Amounts: USD, decimal text; undefined: not known. */
export interface SentEstimate {
  readonly promptTokens: number;
  /** The input alone. */
  readonly promptUsd?: string;
  /** One token of the answer. */
  readonly answerTokenUsd?: string;
}

/** What a request of `promptTokens` with `images` in it is expected to cost, by the prices that hold for it. */
export function toSentEstimate(
  promptTokens: number,
  pricing: Pricing | undefined,
  atMs: number,
  images = 0,
): SentEstimate {
  const prompt = pricing && priceRange(pricing, promptTokens, 0, atMs, images);
  if (!prompt) return { promptTokens };
  const { completion } = priceAt(pricing, { promptTokens, atMs });
  return { promptTokens, promptUsd: formatPico(prompt.maxPico), answerTokenUsd: completion };
}
