import type { Model } from '../models/model';
import { formatPico } from './pico';
import { priceAt } from './priceAt';
import { priceRange } from './priceText';

/** What a request was expected to cost before it left. Amounts: USD, decimal text; undefined: not known. */
export interface SentEstimate {
  readonly promptTokens: number;
  /** The input alone. */
  readonly promptUsd?: string;
  /** One token of the answer. */
  readonly answerTokenUsd?: string;
}

/** What a request of `promptTokens` is expected to cost, by the prices of `model` that hold for it. */
export function toSentEstimate(promptTokens: number, model: Model | undefined, atMs: number): SentEstimate {
  const prompt = model && priceRange(model.pricing, promptTokens, 0, atMs);
  if (!prompt) return { promptTokens };
  const { completion } = priceAt(model.pricing, { promptTokens, atMs });
  return { promptTokens, promptUsd: formatPico(prompt.maxPico), answerTokenUsd: completion };
}
