import { Redactor } from '../core/base/redact';
import { fewestAnswerTokens } from '../core/chat/chatClient';
import type { Failure } from '../core/chat/failure';
import { decideKind, decideLimit } from './failureKind';
import { readError, readErrorBody, type WireError } from './wire/errorBody';
import { compact, parseJson, toText } from './wire/json';
import { readRetryAfterMs } from './wire/retryAfter';

const longestDetail = 500;
/** Suggested models beyond this are not shown. */
const mostFallbacks = 5;
/** What the place that saw the failure knows besides the failure itself. */
export interface FailureContext {
  /** Takes the key in use out of every text of the failure; without one, what looks like a key is taken out. */
  readonly redactor?: Redactor;
  readonly generationId?: string;
  readonly provider?: string;
  readonly nowMs: number;
}

/** An answer that came instead of the one asked for. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** A failure, and the server's word on trying again when it gave one. */
export interface Refusal {
  readonly failure: Failure;
  readonly isRetryable?: boolean;
}

/** What an HTTP answer with a failing status means. */
export function refusalOf(answer: HttpAnswer, context: FailureContext): Refusal {
  const { status, headers, body } = answer;
  const parsed = parseJson(body);
  const error = readErrorBody(parsed);
  if (!error && isForeign(status, body)) return { failure: notOpenRouter(context, status) };
  const failure = build(error ?? readError({ message: toText(body.trim()) }), context, {
    status,
    header: name => headers.get(name) ?? undefined,
  });
  return { failure, isRetryable: error?.isRetryable };
}

/** What an error inside a 200 means: of a body, of a chunk of a stream or of a choice. */
export function failureOfError(error: unknown, context: FailureContext): Failure {
  return build(readError(error), context, { header: () => undefined });
}

/** What a thrown thing means that came before any answer. */
export function failureOfThrown(thrown: unknown, context: FailureContext): Failure {
  const cause = deepestCause(thrown);
  if (isSilence(cause.code)) return seal({ kind: 'stalled', detail: describe(cause) }, context);
  const neverLeft = isBeforeSending(cause) || undefined;
  return seal({ kind: 'network', detail: describe(cause), neverLeft }, context);
}

/** What a thrown thing means that broke off an answer. */
export function failureOfBreak(thrown: unknown, context: FailureContext): Failure {
  const cause = deepestCause(thrown);
  return seal({ kind: isSilence(cause.code) ? 'stalled' : 'cutOff', detail: describe(cause) }, context);
}

/** `httpStatus` 0 (some hosts' way to report a redirect) counts as unknown. */
export function notOpenRouter(context: FailureContext, httpStatus?: number): Failure {
  return seal({ kind: 'notOpenRouter', httpStatus: httpStatus || undefined }, context);
}

/** A failure that needs no more words than its kind. */
export function plainFailure(
  kind: 'stalled' | 'cutOff' | 'emptyAnswer' | 'providerUnavailable',
  context: FailureContext,
): Failure {
  return seal({ kind }, context);
}

interface HttpPart {
  readonly status?: number;
  readonly header: (name: string) => string | undefined;
}

function build(error: WireError, context: FailureContext, http: HttpPart): Failure {
  const decided = decideKind(error, http.status);
  const detail = joinWords(error.message, error.reason);
  const affordable = decided === 'answerTooExpensive' ? readAffordable(detail) : undefined;
  const buysNothing = affordable !== undefined && affordable < fewestAnswerTokens;
  return seal(
    {
      kind: buysNothing ? 'outOfCredits' : decided,
      httpStatus: http.status ?? error.status,
      errorType: error.errorType,
      provider: error.provider,
      detail,
      retryAfterMs: readRetryAfterMs(http.header, error, context.nowMs),
      affordableTokens: buysNothing ? undefined : affordable,
      limit: decideLimit(error, decided),
      fallbackModels: error.fallbackModels.length > 0 ? error.fallbackModels : undefined,
    },
    context,
  );
}

function readAffordable(detail = ''): number | undefined {
  const [, tokens] = /can only afford (\d+)/i.exec(detail) ?? [];
  return tokens === undefined ? undefined : Number(tokens);
}

/** "Provider returned error" says nothing: the provider's own reason replaces it. */
function joinWords(message: string | undefined, reason: string | undefined): string | undefined {
  if (!reason || message?.includes(reason)) return message;
  return !message || /^provider returned error\.?$/i.test(message) ? reason : `${message}: ${reason}`;
}

/**
 * Whether an answer without OpenRouter's error shape came from something in between. Statuses that
 * only its own edge sends, or that mean the same whoever sends them, stand for themselves.
 */
function isForeign(status: number, body: string): boolean {
  if (status < 400 || status === 404 || status === 405) return true;
  const isHtml = /^\s*(<!doctype|<html|<\?xml|<head|<body)/i.test(body);
  const speaksForItself =
    status === 407 || status === 413 || status === 429 || (status >= 520 && status <= 530);
  return isHtml && !speaksForItself;
}

const anyKey = new Redactor();

/** Fills in what the context knows and takes every key out of every text. */
function seal(failure: Failure, context: FailureContext): Failure {
  const { redactor = anyKey } = context;
  const clean = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : redactor.redact(text);
  return compact({
    ...failure,
    errorType: clean(failure.errorType),
    provider: clean(failure.provider ?? context.provider),
    detail: clean(failure.detail)?.slice(0, longestDetail),
    generationId: clean(context.generationId),
    fallbackModels: failure.fallbackModels?.slice(0, mostFallbacks).map(id => redactor.redact(id)),
  });
}

interface Cause {
  readonly code?: string;
  /** What the system was asked to do. */
  readonly syscall?: string;
  readonly message?: string;
}

/** The innermost error that has a code, else the innermost: `fetch` wraps what really happened. */
function deepestCause(thrown: unknown): Cause {
  let found: Cause = {};
  let current: unknown = thrown;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    const code = 'code' in current ? toText(current.code) : undefined;
    const syscall = 'syscall' in current ? toText(current.syscall) : undefined;
    if (code !== undefined || found.code === undefined) found = { code, syscall, message: current.message };
    // Several addresses were tried: the first failure stands for all.
    current = current instanceof AggregateError ? current.errors[0] : current.cause;
  }
  return found;
}

function describe({ code, message }: Cause): string | undefined {
  if (!code || message?.includes(code)) return message || code;
  return message ? `${code}: ${message}` : code;
}

const codesBeforeSending = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'];
/** Names OpenSSL and Node give to what is wrong with a server's certificate. */
const certificateCode =
  /^(ERR_TLS_CERT_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_|UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)_)/;

/** True for what goes wrong before a request can be written: a reset, say, may come after it was. */
function isBeforeSending({ code = '', syscall = '' }: Cause): boolean {
  const isConnecting = syscall === 'connect' || syscall === 'getaddrinfo';
  return isConnecting || codesBeforeSending.includes(code) || certificateCode.test(code);
}

/** Node's own limits on silence, should they be shorter than ours. */
function isSilence(code: string | undefined): boolean {
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
}
