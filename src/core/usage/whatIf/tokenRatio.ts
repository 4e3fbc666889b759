import { type PromptCount, quantile } from '../../money/estimate';
import { fittedFamily } from '../../money/tokens/tokenModel';
import { typicalTokens } from '../../money/tokens/typicalTokens';
import { around, exactly, type Range } from './range';

/** How a model counts tokens. */
export interface Tokenizer {
  /** As {@link tokenizerFamily} names it. */
  readonly family: string;
  /** How many tokens were really counted for each that was estimated; undefined while too few requests tell. */
  readonly learnt?: number;
}

/** Fewer requests say too little. */
const enoughCounts = 5;

/** Nine in ten files of source code lie within it, for tokenizers that were measured; for others it is a guess. */
const measuredSpread = 0.08;
const guessedSpread = 0.2;
const learntSpread = 0.05;

export function learntRatio(counts: readonly PromptCount[]): number | undefined {
  const ratios = counts
    .filter(({ promptTokens, estimatedPromptTokens }) => promptTokens > 0 && estimatedPromptTokens > 0)
    .map(({ promptTokens, estimatedPromptTokens }) => promptTokens / estimatedPromptTokens);
  return ratios.length < enoughCounts ? undefined : quantile(ratios, 0.5);
}

/** How many tokens `to` counts for one of `from`. */
export function tokenRatio(from: Tokenizer, to: Tokenizer): Range {
  if (from.family === to.family) return exactly(1);
  const listed = typicalTokens(to.family) / typicalTokens(from.family);
  // What one tokenizer's counts were off by says nothing of the other's: most likely the texts are odd ones.
  if (from.learnt !== undefined && to.learnt !== undefined)
    return around((listed * to.learnt) / from.learnt, learntSpread);
  const isMeasured = [from, to].every(({ family }) => fittedFamily(family) !== undefined);
  return around(listed, isMeasured ? measuredSpread : guessedSpread);
}
