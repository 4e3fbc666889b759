import { cacheName, cachePolicy } from './cachePolicy';

/** What the ledger's row of one request says of its provider's cache. */
export interface CacheUse {
  readonly sessionId: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly requestedModel: string;
  readonly provider?: string;
  /** Includes the other two. */
  readonly promptTokens: number;
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
}

/** What makes it less likely that a prefix is still kept; the time that has passed is a third thing. */
export interface CacheStrain {
  /** How many requests of the session asked this model before. */
  readonly asked: number;
  /** How many requests of other sessions asked this model since the last of this one. */
  readonly others: number;
}

/** A request that went on from an earlier one, and whether what that one left was still there. */
export interface CacheTrial extends CacheStrain {
  /** As {@link cacheName} names it. */
  readonly cache: string;
  /** Since the earlier request began. */
  readonly gapMs: number;
  readonly isHit: boolean;
  /** Tokens that the earlier request left, as far as the later one could read them. */
  readonly left: number;
  /** Tokens that were read. */
  readonly read: number;
}

/** So many of the latest trials of a cache are looked at: providers change their ways. */
const latestTrials = 60;
/** Less of what was left is a miss: another, shorter prefix was read. */
const leastShare = 0.75;

/** The latest trials of one cache, in no order. */
export function cacheTrials(uses: readonly CacheUse[], cache: string): readonly CacheTrial[] {
  const byTime = uses.toSorted((a, b) => a.startedAt - b.startedAt);
  const last = new Map<string, { readonly use: CacheUse; readonly asked: number }>();
  const trials: CacheTrial[] = [];
  for (const use of byTime) {
    const key = `${use.sessionId} ${use.requestedModel}`;
    const earlier = last.get(key);
    last.set(key, { use, asked: (earlier?.asked ?? 0) + 1 });
    const trial = earlier && toTrial(earlier.use, use, earlier.asked, byTime);
    if (trial?.cache === cache) trials.push(trial);
  }
  return trials.slice(-latestTrials);
}

/** How many of `uses` asked `model` after `sinceMs` in other sessions. */
export function othersSince(
  uses: readonly CacheUse[],
  { sessionId, requestedModel, startedAt }: Pick<CacheUse, 'sessionId' | 'requestedModel' | 'startedAt'>,
  untilMs: number,
): number {
  return uses.filter(
    use =>
      use.requestedModel === requestedModel &&
      use.sessionId !== sessionId &&
      use.startedAt > startedAt &&
      use.startedAt < untilMs,
  ).length;
}

/** How many tokens an earlier request left in the cache that a later one can read; 0: none. */
export function leftTokens(use: Omit<CacheUse, 'sessionId'>): number {
  const policy = cachePolicy(use.requestedModel, use.provider);
  if (policy.needsMark) return (use.cachedTokens ?? 0) + (use.cacheWriteTokens ?? 0);
  return use.promptTokens >= policy.leastTokens ? use.promptTokens : 0;
}

function toTrial(
  earlier: CacheUse,
  later: CacheUse,
  asked: number,
  uses: readonly CacheUse[],
): CacheTrial | undefined {
  const left = Math.min(leftTokens(earlier), later.promptTokens);
  if (earlier.provider === undefined || later.cachedTokens === undefined || left === 0) return undefined;
  return {
    cache: cacheName(earlier.requestedModel, earlier.provider),
    gapMs: later.startedAt - earlier.startedAt,
    asked,
    others: othersSince(uses, earlier, later.startedAt),
    isHit: later.cachedTokens >= leastShare * left,
    left,
    read: later.cachedTokens,
  };
}
