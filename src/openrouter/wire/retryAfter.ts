import type { WireError } from './errorBody';

type HeaderLookup = (name: string) => string | undefined;

/**
 * How long the server asked to wait, from wherever it said so: the `Retry-After` header (seconds or
 * a date), the error's metadata, or the moment its own rate limit resets. Undefined: it did not say.
 */
export function readRetryAfterMs(
  header: HeaderLookup,
  error: WireError | undefined,
  nowMs: number,
): number | undefined {
  const fromBody: HeaderLookup = name => error?.headers[name];
  const seconds = error?.retryAfterSeconds;
  return (
    parseRetryAfter(header('retry-after'), nowMs) ??
    (seconds === undefined ? undefined : Math.max(0, seconds * 1000)) ??
    parseRetryAfter(fromBody('retry-after'), nowMs) ??
    untilReset(header('x-ratelimit-reset') ?? fromBody('x-ratelimit-reset'), nowMs)
  );
}

function parseRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (!text) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(text)) return Math.ceil(Number(text) * 1000);
  const dateMs = Date.parse(text);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** OpenRouter gives the reset in epoch milliseconds; one that is past says nothing. */
function untilReset(text: string | undefined, nowMs: number): number | undefined {
  const resetMs = Number(text);
  return resetMs > nowMs ? resetMs - nowMs : undefined;
}
