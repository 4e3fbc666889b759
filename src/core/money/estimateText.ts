import type { Model } from '../models/model';
import { describePrice } from '../models/modelRow';
import type { CostEstimate } from './estimate';
import { compactUsd, displayUsd } from './pico';

/** `≈ 1,234 tokens, $0.0002–$0.0027`: short, for beside the composer and in lists. */
export function shortEstimate(estimate: CostEstimate): string {
  const tokens = `≈ ${estimate.tokens.tokens.toLocaleString('en-US')} tokens`;
  const { minPico, maxPico } = estimate;
  if (minPico === undefined || maxPico === undefined) return tokens;
  if (maxPico === 0n) return `${tokens}, free`;
  return `${tokens}, ${compactUsd(minPico)}–${compactUsd(maxPico)}`;
}

/** A sentence about the price, for a dialog. */
export function estimateSentence(
  { minPico, maxPico }: CostEstimate,
  model: Model | undefined,
  maxTokens: number,
): string {
  if (!model) return 'The price of this model is not known here.';
  if (minPico === undefined || maxPico === undefined) return `${describePrice(model.pricing)}.`;
  if (maxPico === 0n) return 'This model is free.';
  return `Estimated cost: ${displayUsd(minPico)} to ${displayUsd(maxPico)}, depending on the length of the answer (at most ${maxTokens.toLocaleString('en-US')} tokens).`;
}
