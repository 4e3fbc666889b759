import { type Json, toRecord, toScalarText } from './json';

type HeaderLookup = (name: string) => string | undefined;

/** What the body of an error tells about waiting. */
interface StatedWait {
  readonly retryAfterMs?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly reason?: string;
}

/** A year: nobody is asked to wait longer. */
const longestWaitMs = 366 * 24 * 3_600_000;

/**
 * How long the server asked to wait, from wherever it said so: the `Retry-After` header (seconds or a date),
 * the error's fields, the moment its own rate limit resets, or its words. Undefined when it did not say, or
 * named a moment that is past.
 */
export function readRetryAfterMs(
  header: HeaderLookup,
  error: StatedWait | undefined,
  nowMs: number,
): number | undefined {
  const fromBody: HeaderLookup = name => error?.headers[name];
  return (
    fromHeaders(header, nowMs) ??
    error?.retryAfterMs ??
    fromHeaders(fromBody, nowMs) ??
    untilReset(header('x-ratelimit-reset') ?? fromBody('x-ratelimit-reset'), nowMs) ??
    fromWords(error?.message) ??
    fromWords(error?.reason)
  );
}

/** The wait that an object of an error names in a field of its own. */
export function readWaitMs(layer: Json): number | undefined {
  const seconds = [layer.retry_after_seconds, layer.retry_after, layer.retryAfter]
    .map(field => toWait(toScalarText(field), 1000))
    .find(wait => wait !== undefined);
  const details = Array.isArray(layer.details) ? layer.details : [];
  return (
    seconds ??
    toWait(toScalarText(layer.retry_after_ms), 1) ??
    details
      .map(detail => fromDuration(toScalarText(toRecord(detail).retryDelay)))
      .find(wait => wait !== undefined)
  );
}

function fromHeaders(header: HeaderLookup, nowMs: number): number | undefined {
  const text = header('retry-after');
  return toWait(header('retry-after-ms'), 1) ?? toWait(text, 1000) ?? untilDate(text, nowMs);
}

function toWait(text: string | undefined, unitMs: number): number | undefined {
  return text !== undefined && /^\s?\d{1,12}(\.\d{1,12})?\s?$/.test(text)
    ? within(Math.ceil(Number(text) * unitMs))
    : undefined;
}

function within(ms: number): number | undefined {
  return ms >= 0 && ms <= longestWaitMs ? ms : undefined;
}

/** Only what looks like a date: JavaScript reads a moment out of almost any text. */
function untilDate(text: string | undefined, nowMs: number): number | undefined {
  if (!text || text.length > 40 || !/^([A-Z][a-z]{2,8},? |\d{4}-\d\d-\d\d)/.test(text)) return undefined;
  const waitMs = Date.parse(text) - nowMs;
  return waitMs > 0 ? within(waitMs) : undefined;
}

/** OpenRouter gives the reset in epoch milliseconds, others in epoch seconds; one that is past says nothing. */
function untilReset(text: string | undefined, nowMs: number): number | undefined {
  const reset = text === undefined ? undefined : toEpochMs(Number(text));
  return reset !== undefined && reset > nowMs ? within(Math.ceil(reset - nowMs)) : undefined;
}

function toEpochMs(reset: number): number {
  return reset < 1e11 ? reset * 1000 : reset;
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `34s`, `1.5s`, `2m30s`, `250ms`. */
function fromDuration(text: string): number | undefined {
  const parts = [...text.slice(0, 40).matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)/g)];
  if (parts.length === 0) return undefined;
  return within(
    Math.ceil(parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0)),
  );
}

/** "Please try again in 20s", "retry after 1.5 seconds". */
function fromWords(words = ''): number | undefined {
  const [, count = '', unit = ''] =
    /\b(?:try again|retry|wait)(?: your request)? (?:in|after|for) (\d{1,9}(?:\.\d{1,9})?) ?((?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b|m\d{1,2}(?:\.\d{1,9})?s)/i.exec(
      words.slice(0, 4000),
    ) ?? [];
  if (count === '') return undefined;
  if (/^m\d/.test(unit)) return fromDuration(count + unit);
  const name =
    unit.toLowerCase().startsWith('mil') || unit.toLowerCase() === 'ms' ? 'ms' : unit.charAt(0).toLowerCase();
  return within(Math.ceil(Number(count) * (unitMs[name] ?? 0)));
}
