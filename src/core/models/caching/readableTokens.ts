import { quantile } from '../../money/estimate';
import type { CachePolicy } from './cachePolicy';
import type { CacheTrial } from './cacheTrials';

/** What servers that cache by blocks commonly use: the longest step that is taken for one. */
const usualStep = 128;
/** Smaller steps make no difference, and what is shared by chance is no step. */
const leastStep = 16;

/**
 * How many of `left` tokens a hit reads: all of them, in whole steps. Where nobody says how long a step is, the hits
 * show it. A provider whose hits never fit that counts in another way: then as large a share as those read.
 */
export function readableTokens(left: number, trials: readonly CacheTrial[], policy: CachePolicy): number {
  const hits = trials.filter(({ isHit }) => isHit);
  const step = policy.stepTokens ?? stepOf(hits);
  const inSteps = (tokens: number): number => tokens - (tokens % step);
  const asExpected = hits.filter(hit => Math.abs(inSteps(hit.left) - hit.read) <= hit.left / 50);
  if (2 * asExpected.length >= hits.length) return inSteps(left);
  const share = quantile(
    hits.map(hit => hit.read / hit.left),
    0.5,
  );
  return inSteps(Math.floor(left * Math.min(1, share ?? 1)));
}

/** The largest power of two that everything read is a multiple of; the usual one before anything was. */
function stepOf(hits: readonly CacheTrial[]): number {
  const step = hits.map(({ read }) => read).reduce(commonDivisor, usualStep);
  return step >= leastStep ? step : 1;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
