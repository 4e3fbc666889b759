import { jsonIn, wordsIn } from './errorWords';
import { isRecord, type Json, toBoolean, toList, toRecord, toScalarText, toText } from './json';
import { readWaitMs } from './retryAfter';

/** An error as a server words it, whichever of its shapes it came in. */
export interface WireError {
  /** An HTTP status of an error, from `error.code` and its kin: a vendor's own numbers are none. */
  readonly status?: number;
  /** `error.metadata.error_type`, or `error.code` when that is a word. */
  readonly errorType?: string;
  /** The other words for what it is, which vendors put into `type`, `status`, `code` and `reason`. */
  readonly vendorTypes: readonly string[];
  readonly message?: string;
  /** What the upstream provider said, unpacked from `metadata.raw`. */
  readonly reason?: string;
  /** What providers said that were asked before. */
  readonly earlierReasons: readonly string[];
  readonly provider?: string;
  readonly limitSource?: string;
  readonly limitReason?: string;
  readonly availability?: string;
  /** Model ids of `availability.fallback_models`. */
  readonly fallbackModels: readonly string[];
  /** False when the server says that trying again is of no use. */
  readonly isRetryable?: boolean;
  readonly isFlagged: boolean;
  /** The request failed OpenRouter's own validation (`success: false`). */
  readonly isInvalid: boolean;
  /** What the account has not confirmed yet, such as `age_18plus`. */
  readonly missingAttestations: readonly string[];
  readonly retryAfterMs?: number;
  /** Header-like entries of `metadata.headers`, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * How sure it is that a value is an error: `sure` when it says so, `likely` when it only has words where an
 * answer would have something else. Undefined for everything else, chunks of an answer included.
 */
export function errorLikeness(value: unknown): 'sure' | 'likely' | undefined {
  if (Array.isArray(value)) return value.map(errorLikeness).find(likeness => likeness !== undefined);
  if (typeof value === 'string') return failing.test(value.slice(0, 500)) ? 'likely' : undefined;
  if (!isRecord(value)) return undefined;
  if (hasError(value)) return 'sure';
  if (Array.isArray(value.choices)) return undefined;
  const isNamed = [value.type, value.object, value.status].some(name => name === 'error');
  const words = [value.message, value.msg, value.detail].map(field => wordsIn(field));
  const hasWords = words.some(text => text !== undefined && !harmless.test(text));
  if (isNamed || (hasWords && (value.success === false || statusIn(value) !== undefined))) return 'sure';
  return hasWords ? 'likely' : undefined;
}

/** Words of a bare text that is no heartbeat. */
const failing = /\b(error|failed|failure|exception|denied|unavailable|overloaded|timed out|timeout)\b/i;
/** What servers say that are well. */
const harmless = /^(?:ok|okay|success|successful|healthy|alive|pong|ping|up|ready|running|not found)\.?$/i;

/** Some servers send an empty `error` with everything. */
function hasError({ error, errors, choices }: Json): boolean {
  const nothing: readonly unknown[] = [undefined, null, false, ''];
  const isEmpty =
    Array.isArray(choices) && typeof error === 'object' && Object.keys(error ?? {}).length === 0;
  return (!nothing.includes(error) && !isEmpty) || toList(errors).length > 0 || isRecord(errors);
}

/** The error in the JSON body of a failed request, in whatever shape; `undefined` when it has no words and no error. */
export function readErrorBody(body: unknown): WireError | undefined {
  const hasWords = typeof body === 'object' && wordsIn(body) !== undefined;
  return hasWords || errorLikeness(body) !== undefined ? readError(body) : undefined;
}

/** The error in a value that is known to be one: a body, an event, an `error` of a chunk or a choice, a text. */
export function readError(value: unknown): WireError {
  const layers = layersOf(value);
  const first = <T>(read: (layer: Json) => T | undefined): T | undefined => {
    for (const layer of layers) {
      const found = read(layer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const metadata = toRecord(first(layer => (isRecord(layer.metadata) ? layer.metadata : undefined)));
  const availability = toRecord(
    first(layer => (isRecord(layer.availability) ? layer.availability : undefined)),
  );
  const status = first(statusIn);
  return {
    status,
    errorType:
      toText(metadata.error_type) ??
      first(layer => toText(layer.error_type)) ??
      (status === undefined ? first(layer => wordOf(layer.code)) : undefined),
    vendorTypes: [...layers, ...layersOf(unpacked(metadata.raw))].flatMap(typesIn),
    message: wordsIn(value),
    reason: wordsIn(metadata.raw),
    earlierReasons: toList(metadata.previous_errors).flatMap(error => wordsWithRaw(error)),
    provider: toText(metadata.provider_name),
    limitSource: toText(metadata.limit_source),
    limitReason: toText(metadata.reason),
    availability: toText(availability.code),
    fallbackModels: toList(availability.fallback_models)
      .map(toText)
      .filter(id => id !== undefined),
    isRetryable: toBoolean(availability.retryable),
    isFlagged: toList(metadata.reasons).length > 0 || metadata.flagged_input !== undefined,
    isInvalid: layers.some(layer => layer.success === false || layer.name === 'ZodError'),
    missingAttestations: [metadata, ...layers].flatMap(layer =>
      toList(layer.missing_attestation_types).map(toScalarText),
    ),
    retryAfterMs: [metadata, availability, ...layers].map(readWaitMs).find(wait => wait !== undefined),
    headers: Object.fromEntries(
      Object.entries(toRecord(metadata.headers)).map(([name, text]) => [
        name.toLowerCase(),
        toScalarText(text),
      ]),
    ),
  };
}

const deepest = 8;

/** The objects of which an error is made, the innermost first: what it wraps says more than the wrapping. */
function layersOf(value: unknown, depth = 0): readonly Json[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return layersOf(value.find(isRecord), depth + 1);
  if (!isRecord(value)) return [];
  return [...layersOf(value.error ?? value.errors, depth + 1), value];
}

function statusIn({ code, http_status, status, status_code, statusCode }: Json): number | undefined {
  return [code, http_status, status, status_code, statusCode]
    .map(field => (/^[45]\d\d$/.test(toScalarText(field)) ? Number(field) : undefined))
    .find(found => found !== undefined);
}

/** What providers say often comes as JSON in a text. */
function unpacked(raw: unknown): unknown {
  return typeof raw === 'string' ? jsonIn(raw) : raw;
}

/** Text that is no number. */
function wordOf(value: unknown): string | undefined {
  const text = toText(value);
  return text === undefined || /^-?\d+$/.test(text) ? undefined : text;
}

function typesIn(layer: Json): readonly string[] {
  const reasons = toList(layer.details).map(detail => toRecord(detail).reason);
  return [layer.code, layer.type, layer.status, layer.reason, layer.details, ...reasons]
    .map(wordOf)
    .filter(type => type !== undefined)
    .map(type => type.toLowerCase());
}

function wordsWithRaw(error: unknown): readonly string[] {
  return [wordsIn(error), wordsIn(toRecord(error).raw)].filter(words => words !== undefined);
}
