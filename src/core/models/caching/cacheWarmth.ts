import type { CachePolicy } from './cachePolicy';
import type { CacheStrain, CacheTrial } from './cacheTrials';

/** What may be said of a prefix. Nobody outside of the provider knows: it is never more than likely. */
export type CacheWarmth =
  /** `forMs`: for so long after the request that left it. */
  | { readonly state: 'warm'; readonly forMs: number }
  | { readonly state: 'cold' }
  | { readonly state: 'unknown' };

/** A claim must hold so often. */
const likely = 0.95;
/** A documented policy counts as so many hits within its time … */
const hitsOfPolicy = 20;
/** … and beyond it as this part of a miss; where nothing is documented, it takes fewer hits to believe. */
const missBeyondPolicy = 0.5;
const missWithoutPolicy = 0.25;
/** So many misses say that nothing is kept. */
const enoughMisses = 2;

/**
 * What is likely of a prefix that was left `gapMs` ago.
 *
 * A prefix that is harder to keep is kept less often: more time, a longer conversation, more requests between.
 * So a hit speaks for every case that is no harder than it was, and a miss against every case that is no easier.
 * The provider's documented time counts like a number of hits, until misses outweigh it.
 */
export function likelyWarmth(
  gapMs: number,
  strain: CacheStrain,
  trials: readonly CacheTrial[],
  policy: CachePolicy,
): CacheWarmth {
  const hits = trials.filter(trial => trial.isHit && isHarder(trial, strain)).map(trial => trial.gapMs);
  const misses = trials.filter(trial => !trial.isHit && isHarder(strain, trial)).map(trial => trial.gapMs);
  const isLikely = (ms: number): boolean => {
    const agreed = hits.filter(hit => hit >= ms).length;
    const refuted = misses.filter(miss => miss <= ms).length;
    const { trust, doubt } = priorAt(ms, policy);
    return trust + agreed >= likely * (trust + agreed + refuted + doubt);
  };
  // The likelihood only falls with time, and only right after one of these.
  const ends = [...hits, ...misses.map(miss => miss - 1), policy.warmMs ?? 0];
  const forMs = Math.max(0, ...ends.filter(isLikely));
  if (forMs > gapMs) return { state: 'warm', forMs };
  return { state: isLikelyCold(gapMs, hits, misses, policy) ? 'cold' : 'unknown' };
}

/** How many tokens of those left a hit reads: what the best hits read, in whole steps. */
export function readableTokens(left: number, trials: readonly CacheTrial[], policy: CachePolicy): number {
  const shares = trials.filter(({ isHit }) => isHit).map(({ share }) => share);
  // Few hits tell no more than that steps are cut off; the best of several is the share without that.
  const share = shares.length < 3 ? 1 : Math.max(...shares);
  const tokens = Math.floor(left * share);
  return tokens - (tokens % policy.stepTokens);
}

function priorAt(ms: number, { warmMs }: CachePolicy): { readonly trust: number; readonly doubt: number } {
  if (warmMs === undefined) return { trust: 0, doubt: missWithoutPolicy };
  return ms <= warmMs ? { trust: hitsOfPolicy, doubt: 0 } : { trust: 0, doubt: missBeyondPolicy };
}

function isLikelyCold(
  gapMs: number,
  hits: readonly number[],
  misses: readonly number[],
  { warmMs }: CachePolicy,
): boolean {
  const agreed = hits.filter(hit => hit >= gapMs).length;
  const refuted = misses.filter(miss => miss <= gapMs).length;
  if (refuted >= enoughMisses && refuted > agreed) return true;
  return warmMs !== undefined && gapMs >= warmMs && agreed === 0;
}

const isHarder = (one: CacheStrain, other: CacheStrain): boolean =>
  one.asked >= other.asked && one.others >= other.others;
