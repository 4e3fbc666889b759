import { formatCount } from '../base/formatCount';
import type { CostEstimate } from '../money/estimate';
import { compactUsd, displayUsd } from '../money/pico';
import type { Model } from './model';
import { describePrice } from './modelRow';

/** `≈ 1,234 tokens, $0.0002–$0.0027`: short, for beside the composer and in lists. */
export function shortEstimate(estimate: CostEstimate): string {
  const tokens = `≈ ${formatCount(estimate.tokens.tokens)} tokens`;
  const range = estimate.isFree ? 'free' : rangeText(estimate);
  return range === undefined ? tokens : `${tokens}, ${range}`;
}

/** `$0.0002–$0.0027`; undefined when there is nothing to pay or the price is not known. */
export function rangeText({ minPico, maxPico, isFree }: CostEstimate): string | undefined {
  if (minPico === undefined || maxPico === undefined || isFree) return undefined;
  if (maxPico === 0n) return compactUsd(maxPico);
  return `${compactUsd(minPico)}–${compactUsd(maxPico)}`;
}

/** A sentence about the price, for a dialog. */
export function estimateSentence(
  { minPico, maxPico, isFree }: CostEstimate,
  model: Model | undefined,
  maxTokens: number,
): string {
  if (!model) return 'The price of this model is not known here.';
  if (minPico === undefined || maxPico === undefined) return `${describePrice(model.pricing)}.`;
  if (isFree) return 'This model is free.';
  return `Estimated cost: ${displayUsd(minPico)} to ${displayUsd(maxPico)}, depending on the length of the answer (at most ${formatCount(maxTokens)} tokens).`;
}
