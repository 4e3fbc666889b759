import { isRecord, type Json, parseJson, toBoolean, toList, toNumber, toRecord, toText } from './json';

/** An error as OpenRouter words it, whichever of its shapes it came in. */
export interface WireError {
  /** HTTP status, or `error.code` when that is a number. */
  readonly status?: number;
  /** `error.metadata.error_type`, or `error.code` when that is a word. */
  readonly errorType?: string;
  readonly message?: string;
  /** What the upstream provider said, unpacked from `metadata.raw`. */
  readonly reason?: string;
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
  readonly retryAfterSeconds?: number;
  /** Header-like entries of `metadata.headers`, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The error in an answer's body; `undefined` when the body carries none. */
export function readErrorBody(body: unknown): WireError | undefined {
  if (!isRecord(body) || body.error === undefined || body.error === null) return undefined;
  return readError(body.error, body.success === false);
}

/** An error object of a body, a chunk or a choice; a bare text counts as its message. */
export function readError(value: unknown, isRejected = false): WireError {
  const error: Json = typeof value === 'string' ? { message: value } : toRecord(value);
  const isInvalid = isRejected || error.name === 'ZodError';
  const metadata = toRecord(error.metadata);
  const availability = toRecord(error.availability);
  const code = error.code ?? error.http_status;
  // 0 is no status: it comes with errors that say nothing.
  const status =
    toNumber(typeof code === 'string' && /^\d{3}$/.test(code) ? Number(code) : code) || undefined;
  return {
    status,
    errorType:
      toText(metadata.error_type) ??
      toText(error.error_type) ??
      (status === undefined ? toText(code) : undefined),
    message: isInvalid ? readIssues(error.message) : readable(error.message),
    reason: readable(metadata.raw),
    provider: toText(metadata.provider_name),
    limitSource: toText(metadata.limit_source),
    limitReason: toText(metadata.reason),
    availability: toText(availability.code),
    fallbackModels: toList(availability.fallback_models)
      .map(toText)
      .filter(id => id !== undefined),
    isRetryable: toBoolean(availability.retryable),
    isFlagged: toList(metadata.reasons).length > 0 || metadata.flagged_input !== undefined,
    isInvalid,
    retryAfterSeconds: toNumber(metadata.retry_after_seconds) ?? toNumber(availability.retry_after),
    headers: Object.fromEntries(
      Object.entries(toRecord(metadata.headers)).map(([name, text]) => [name.toLowerCase(), String(text)]),
    ),
  };
}

/** A provider's words: often JSON in a text, sometimes after a prefix, sometimes an object. */
function readable(value: unknown, depth = 0): string | undefined {
  if (depth > 8) return undefined;
  if (isRecord(value)) {
    const inner = value.error ?? value.message ?? value.detail ?? value.raw;
    return readable(inner, depth + 1) ?? toText(value.code);
  }
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '') return undefined;
  const start = text.indexOf('{');
  const parsed = start === -1 ? undefined : parseJson(text.slice(start));
  const unpacked = isRecord(parsed) ? readable(parsed, depth + 1) : undefined;
  return unpacked === undefined ? text : text.slice(0, start) + unpacked;
}

/** Validation errors carry their list of issues as JSON in the message. */
function readIssues(message: unknown): string | undefined {
  const issues = toList(typeof message === 'string' ? parseJson(message) : message);
  const lines = issues.map(issue => {
    const { path, message: text } = toRecord(issue);
    return [toList(path).join('.'), toText(text)].filter(Boolean).join(': ');
  });
  return lines.filter(Boolean).join('; ') || readable(message);
}
