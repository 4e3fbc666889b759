import type { Pricing } from '../../money/pricing';
import type { CachePolicy } from './cachePolicy';
import type { CacheUse } from './cacheTrials';

/**
 * Where a follow-up carries `cache_control`: at the end of all it sends (`write`: the next question can read it),
 * or where the question before ended (`read`: only what is kept already is read).
 */
export type CacheMark = 'write' | 'read';

export interface MarkCase {
  readonly policy: CachePolicy;
  /** The prices that hold for the request. */
  readonly prices: Pick<Pricing, 'prompt' | 'inputCacheRead' | 'inputCacheWrite'>;
  readonly promptTokens: number;
  /** What the question before left is likely still kept. */
  readonly isWarm: boolean;
  /** How likely the next question comes in time: {@link followUpShare}. */
  readonly nextShare: number;
}

/**
 * Whether and where to mark a follow-up. Writing costs more than plain input (1.25 × at Anthropic), reading much
 * less (0.1 ×). So a write pays when what the next question is likely to save is more than what the write adds:
 * share × (input − read) > write − input. With Anthropic's prices that is from a share of 28 % up. Where it does
 * not pay, what is kept already is still read. Nothing is marked for providers that cache by themselves, below
 * the least length that is kept, and where the list of models names no price for writing or reading: then the
 * cost could not be bounded.
 */
export function chooseCacheMark(at: MarkCase): CacheMark | undefined {
  const { policy, promptTokens, isWarm, nextShare } = at;
  const [input, read, write] = [at.prices.prompt, at.prices.inputCacheRead, at.prices.inputCacheWrite].map(
    price => Number(price ?? Number.NaN),
  );
  if (!policy.needsMark || promptTokens < policy.leastTokens) return undefined;
  if (input === undefined || read === undefined || write === undefined) return undefined;
  // A write that costs less than plain input is only a part of its price, such as the storage.
  if (!(read < input && write >= input)) return undefined;
  if (nextShare * (input - read) > write - input) return 'write';
  return isWarm ? 'read' : undefined;
}

/**
 * How likely a follow-up is followed by another one within `withinMs`, by what this user did before: of the
 * follow-ups in the ledger those that were. One yes and one no stand for a user of whom nothing is known: who
 * asks one follow-up often asks another. The latest ones that may still be followed do not count yet.
 */
export function followUpShare(
  uses: readonly Pick<CacheUse, 'sessionId' | 'startedAt'>[],
  withinMs: number,
  nowMs: number,
): number {
  let [followed, all] = [1, 2];
  const next = new Map<string, { readonly startedAt: number; readonly isFollowed: boolean }>();
  const count = (isFollowed: boolean, startedAt: number): void => {
    if (!isFollowed && nowMs - startedAt <= withinMs) return;
    all += 1;
    if (isFollowed) followed += 1;
  };
  // From the newest back: of each request it is known by then when the next of its session came.
  for (const { sessionId, startedAt } of uses.toSorted((a, b) => b.startedAt - a.startedAt)) {
    const later = next.get(sessionId);
    // Whether this one is a follow-up shows when an earlier one of its session comes up.
    if (later) count(later.isFollowed, later.startedAt);
    next.set(sessionId, {
      startedAt,
      isFollowed: later !== undefined && later.startedAt - startedAt <= withinMs,
    });
  }
  return followed / all;
}
