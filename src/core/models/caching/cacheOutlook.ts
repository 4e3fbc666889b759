import { priceAt } from '../../money/priceAt';
import type { Pricing } from '../../money/pricing';
import { type CacheMark, chooseCacheMark, followUpShare } from './cacheMark';
import { type CachePolicy, cacheName, cachePolicy } from './cachePolicy';
import { type CacheTrial, type CacheUse, cacheTrials, othersSince } from './cacheTrials';
import { type CacheWarmth, likelyWarmth } from './cacheWarmth';
import { type InputPrices, inputPrices } from './inputPrices';
import type { KeptPrefix } from './keptPrefix';
import { readableTokens } from './readableTokens';

/** A claim ends so long before the cache does: what is sent takes its time to arrive. */
const arrivalMs = 5_000;
/** So long providers keep what is marked, and so soon the next question must come to read it. */
const markedMs = 5 * 60_000;

/** A request as far as its cache is concerned. */
export interface CacheCase {
  readonly model: string;
  readonly pricing: Pricing;
  readonly promptTokens: number;
  /** Undefined when it goes on from nothing. */
  readonly sessionId?: string;
  /** Undefined when nothing in the conversation asked this model, or what it left is not known. */
  readonly kept?: KeptPrefix;
  /** What the ledger says, of this model at least. */
  readonly uses: readonly CacheUse[];
  /** Whether `cache_control` may be sent. */
  readonly isMarking: boolean;
  /** Epoch ms. */
  readonly nowMs: number;
}

/** What a request is likely to find in its provider's cache, and what it costs then. */
export interface CacheOutlook {
  /** `new`: no request has left anything there yet. */
  readonly state: CacheWarmth['state'] | 'new';
  /** Epoch ms until which `warm` is likely; undefined in any other state. */
  readonly untilMs?: number;
  /** What is likely after that. */
  readonly after?: 'cold' | 'unknown';
  readonly prices: InputPrices;
  /** Where it should carry `cache_control`; undefined: nowhere. */
  readonly mark?: CacheMark;
}

/** Undefined when nothing can be cached, nothing would be saved, or the prices are not known. */
export function cacheOutlook(at: CacheCase): CacheOutlook | undefined {
  const { kept, pricing, promptTokens, nowMs } = at;
  const policy = cachePolicy(at.model, kept?.provider);
  if (promptTokens < policy.leastTokens || !isReadingCheaper(pricing)) return undefined;
  const trials = kept ? cacheTrials(at.uses, cacheName(at.model, kept.provider)) : [];
  const known = at.sessionId === undefined ? ({ state: 'new' } as const) : warmth(at, policy, trials);
  const mark = markOf(at, policy, known.state === 'warm');
  // Where marks are needed, nothing is kept or read without one.
  if (policy.needsMark && mark === undefined) return undefined;
  const readable = readableTokens(kept?.leftTokens || promptTokens, trials, policy);
  const prices = inputPrices({ promptTokens, readable, mark }, pricing, nowMs);
  return prices && { ...known, prices, mark };
}

function warmth(
  { kept, uses, sessionId = '', model, nowMs }: CacheCase,
  policy: CachePolicy,
  trials: readonly CacheTrial[],
): Pick<CacheOutlook, 'state' | 'untilMs' | 'after'> {
  if (!kept || kept.leftTokens === 0) return { state: 'cold' };
  const { startedAtMs, asked } = kept;
  const others = othersSince(uses, { sessionId, requestedModel: model, startedAt: startedAtMs }, nowMs);
  const found = likelyWarmth(nowMs - startedAtMs + arrivalMs, { asked, others }, trials, policy);
  return found.state === 'warm'
    ? { state: 'warm', untilMs: startedAtMs + found.forMs - arrivalMs, after: found.after }
    : { state: found.state };
}

/** A first question is never marked: most often it is the only one. */
function markOf(at: CacheCase, policy: CachePolicy, isWarm: boolean): CacheMark | undefined {
  const { promptTokens, nowMs } = at;
  if (!at.isMarking || at.sessionId === undefined) return undefined;
  const prices = priceAt(at.pricing, { promptTokens, atMs: nowMs });
  const nextShare = followUpShare(at.uses, markedMs, nowMs);
  return chooseCacheMark({ policy, prices, promptTokens, isWarm, nextShare });
}

function isReadingCheaper({ prompt, inputCacheRead }: Pricing): boolean {
  return Number(inputCacheRead ?? Number.NaN) < Number(prompt ?? Number.NaN);
}
