import type { CachePolicy } from './cachePolicy';
import type { CacheStrain, CacheTrial } from './cacheTrials';

/** What may be said of a prefix. Nobody outside of the provider knows: it is never more than likely. */
export type CacheWarmth =
  /** `forMs`: for so long after the request that left it; `after`: what is likely right after that. */
  | { readonly state: 'warm'; readonly forMs: number; readonly after: 'cold' | 'unknown' }
  | { readonly state: 'cold' }
  | { readonly state: 'unknown' };

/** A claim must hold so often. */
const likely = 0.95;
/** A documented policy counts as so many hits within its time … */
const hitsOfPolicy = 12;
/** … fewer by so many for each miss within it, whatever the strain: then it is not what is done … */
const lostByMiss = 4;
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
 * The provider's documented time counts like a number of hits, until misses outweigh it. Misses that a harder hit
 * contradicts show chance at work: where there are many of them, no number of hits makes the next one likely.
 */
export function likelyWarmth(
  gapMs: number,
  strain: CacheStrain,
  trials: readonly CacheTrial[],
  policy: CachePolicy,
): CacheWarmth {
  const hits = trials.filter(trial => trial.isHit && isHarder(trial, strain)).map(trial => trial.gapMs);
  const misses = trials.filter(trial => !trial.isHit && isHarder(strain, trial)).map(trial => trial.gapMs);
  const broken = trials.filter(trial => !trial.isHit && trial.gapMs <= (policy.warmMs ?? 0)).length;
  const hitsWithin = Math.max(0, hitsOfPolicy - lostByMiss * broken);
  const chance = chanceShare(trials);
  const isLikely = (ms: number): boolean => {
    const agreed = hits.filter(hit => hit >= ms).length;
    const refuted = misses.filter(miss => miss <= ms).length;
    const { trust, doubt } = priorAt(ms, hitsWithin, policy);
    const kept = (trust + agreed) * (1 - chance);
    return kept >= likely * (trust + agreed + refuted + doubt);
  };
  // The likelihood only falls with time, and only right after one of these.
  const ends = [...hits, ...misses.map(miss => miss - 1), policy.warmMs ?? 0];
  const forMs = Math.max(0, ...ends.filter(isLikely));
  const without = (ms: number) => (isLikelyCold(ms, hits, misses, policy) ? 'cold' : 'unknown');
  return forMs > gapMs ? { state: 'warm', forMs, after: without(forMs) } : { state: without(gapMs) };
}

/** How often a prefix is lost that, by harder cases, should be there. */
function chanceShare(trials: readonly CacheTrial[]): number {
  const hits = trials.filter(trial => trial.isHit);
  const misses = trials.filter(trial => !trial.isHit);
  const lost = misses.filter(miss => hits.some(hit => hit.gapMs >= miss.gapMs && isHarder(hit, miss))).length;
  // One in a while is no habit.
  return Math.max(0, lost - 1) / (hits.length + lost || 1);
}

function priorAt(
  ms: number,
  hitsWithin: number,
  { warmMs }: CachePolicy,
): { readonly trust: number; readonly doubt: number } {
  if (warmMs === undefined) return { trust: 0, doubt: missWithoutPolicy };
  return ms <= warmMs
    ? { trust: hitsWithin, doubt: missWithoutPolicy }
    : { trust: 0, doubt: missBeyondPolicy };
}

function isLikelyCold(
  gapMs: number,
  hits: readonly number[],
  misses: readonly number[],
  { coldMs }: CachePolicy,
): boolean {
  const agreed = hits.filter(hit => hit >= gapMs).length;
  const refuted = misses.filter(miss => miss <= gapMs).length;
  if (refuted >= enoughMisses && refuted > agreed) return true;
  return coldMs !== undefined && gapMs >= coldMs && agreed === 0;
}

const isHarder = (one: CacheStrain, other: CacheStrain): boolean =>
  one.asked >= other.asked && one.others >= other.others;
