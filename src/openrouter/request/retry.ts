import type { FailureKind } from '../../core/chat/failure';
import type { Refusal } from '../failures';

/**
 * How often a request is sent at most, by what went wrong before its first byte. Kinds that are not
 * here are never repeated: the same request would fail again, or might be paid twice.
 */
const triesByKind: Partial<Record<FailureKind, number>> = {
  timeout: 3,
  providerUnavailable: 3,
  overloaded: 3,
  rateLimited: 3,
  inFlightBudget: 3,
  serverError: 2,
};

/** Error pages of an edge or a proxy: who sent them is unknown, but these pass by themselves. */
const passingStatuses: readonly (number | undefined)[] = [502, 503, 504];

/** A server that asks for more patience than this is not waited for: the user decides. */
const longestWaitMs = 60_000;
const firstBackoffMs = 1000;
/** Also a server that asks for no wait at all gets a moment. */
const shortestWaitMs = 250;

/**
 * How long to wait before the try after `attempt` (1 = the first), or `undefined` when there shall be
 * none. `random` is in [0, 1).
 */
export function retryDelayMs(refusal: Refusal, attempt: number, random: () => number): number | undefined {
  const { kind, httpStatus, retryAfterMs } = refusal.failure;
  const isPassing = kind === 'notOpenRouter' && passingStatuses.includes(httpStatus);
  const tries = isPassing ? 3 : (triesByKind[kind] ?? 1);
  if (refusal.isRetryable === false || attempt >= tries) return undefined;
  if (retryAfterMs !== undefined) {
    return retryAfterMs <= longestWaitMs ? Math.max(retryAfterMs, shortestWaitMs) : undefined;
  }
  // Blind repetition uses up the quota that is already short.
  if (kind === 'rateLimited') return undefined;
  return Math.round(firstBackoffMs * 2 ** (attempt - 1) * (0.5 + random() / 2));
}
