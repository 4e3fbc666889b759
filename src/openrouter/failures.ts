import { Redactor } from '../core/base/redact';
import { fewestAnswerTokens } from '../core/chat/chatClient';
import type { Failure } from '../core/chat/failure';
import { isBatchId } from '../core/chat/modelSuffix';
import type { Routing } from '../core/chat/routing';
import { decideKind, decideLimit, decideObstacle } from './failureKind';
import { isBeforeSending, networkCauseOf, type Thrown } from './networkCause';
import { errorLikeness, readError, readErrorBody, type WireError } from './wire/errorBody';
import { isMarkup, jsonIn, readableWords } from './wire/errorWords';
import { compact, isRecord, toText } from './wire/json';
import { readRetryAfterMs } from './wire/retryAfter';
import { readRouting } from './wire/routing';
import { toSmallJson } from './wire/smallJson';

const longestDetail = 500;
/** A name or id beyond this is none. */
const longestName = 200;
/** An error's body beyond this is not looked at. */
const longestBody = 256 * 1024;
/** Suggested models beyond this are not shown. */
const mostFallbacks = 5;

/** What the place that saw the failure knows besides the failure itself. */
export interface FailureContext {
  /** Takes the key in use out of every text of the failure; without one, what looks like a key is taken out. */
  readonly redactor?: Redactor;
  readonly generationId?: string;
  readonly provider?: string;
  readonly nowMs: number;
  /** The base URL is OpenRouter's own: pages of an edge are OpenRouter's then. */
  readonly isOwnHost?: boolean;
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
  readonly routing?: Routing;
}

/** What an HTTP answer with a failing status means. */
export function refusalOf(answer: HttpAnswer, context: FailureContext): Refusal {
  const { status, headers } = answer;
  const body = redactorOf(context).redactStart(answer.body, longestBody);
  const parsed = toSmall(jsonIn(body), context);
  const error = readErrorBody(parsed);
  if (isEdgePage(answer, context))
    return { failure: seal({ kind: 'overloaded', httpStatus: status }, context) };
  if (status === 511 || isForeign(status, body, parsed, error))
    return { failure: notOpenRouter(context, status, body) };
  const failure = build(error ?? readError(toSmall(body, context)), context, {
    status,
    header: name => headers.get(name) ?? undefined,
  });
  return { failure, isRetryable: error?.isRetryable, routing: routingIn(parsed, context) };
}

/** What a chunk, a body or an error tells of how the request was handled, without the key. */
export function routingIn(value: unknown, context: FailureContext): Routing | undefined {
  return isRecord(value) ? readRouting(value, redactorOf(context)) : undefined;
}

/** What an error inside a 200 means: of a body, of a chunk of a stream, of a choice or of an event. */
export function failureOfError(error: unknown, context: FailureContext): Failure {
  return build(readError(toSmall(error, context)), context, { header: () => undefined });
}

/** What a thrown thing means that came before any answer. */
export function failureOfThrown(thrown: unknown, context: FailureContext): Failure {
  const cause = deepestCause(thrown);
  if (isSilence(cause.code)) return seal({ kind: 'stalled', detail: describe(cause) }, context);
  const neverLeft = isBeforeSending(cause) || undefined;
  return seal(
    { kind: 'network', detail: describe(cause), neverLeft, network: networkCauseOf(cause) },
    context,
  );
}

/** What a thrown thing means that broke off an answer. */
export function failureOfBreak(thrown: unknown, context: FailureContext): Failure {
  const cause = deepestCause(thrown);
  return seal({ kind: isSilence(cause.code) ? 'stalled' : 'cutOff', detail: describe(cause) }, context);
}

/** `httpStatus` 0 (some hosts' way to report a redirect) counts as unknown. `body`: how it begins, if anything came. */
export function notOpenRouter(context: FailureContext, httpStatus?: number, body = ''): Failure {
  const network = isLoginPage(context, httpStatus ?? 0, body) ? 'loginPage' : undefined;
  return seal({ kind: 'notOpenRouter', httpStatus: httpStatus || undefined, network }, context);
}

/** OpenRouter itself sends no page for an answer, and leads nowhere else: the network in between does. */
function isLoginPage({ isOwnHost }: FailureContext, status: number, body: string): boolean {
  const isElsewhere = status === 0 || (status >= 300 && status < 400);
  return status === 511 || (isOwnHost === true && (isElsewhere || (status < 400 && isMarkup(body))));
}

/** An answer that was cut because it grew beyond `megabytes`. */
export function answerTooLarge(context: FailureContext, megabytes: number): Failure {
  return seal({ kind: 'answerTooLarge', detail: `${megabytes} MB` }, context);
}

/** A failure that needs no more words than its kind. */
export function plainFailure(
  kind: 'stalled' | 'cutOff' | 'emptyAnswer' | 'providerUnavailable',
  context: FailureContext,
): Failure {
  return seal({ kind }, context);
}

/** A name or id that a server sent, as it may be shown and kept: short, and without the key. */
export function cleanName(name: string | undefined, context: FailureContext): string | undefined {
  return name === undefined ? undefined : redactorOf(context).redactStart(name, longestName);
}

interface HttpPart {
  readonly status?: number;
  readonly header: (name: string) => string | undefined;
}

function build(error: WireError, context: FailureContext, http: HttpPart): Failure {
  const decided = decideKind(error, http.status);
  const affordable =
    decided === 'contextTooLong'
      ? readRoom(error)
      : ['answerTooExpensive', 'keyLimit'].includes(decided)
        ? readAffordable(error)
        : undefined;
  const retryAfterMs = readRetryAfterMs(http.header, error, context.nowMs);
  const answering = error.fallbackModels.filter(id => !isBatchId(id));
  const buysNothing = affordable !== undefined && affordable < fewestAnswerTokens;
  return seal(
    {
      kind: buysNothing && decided === 'answerTooExpensive' ? 'outOfCredits' : decided,
      httpStatus: http.status ?? error.status,
      errorType: error.errorType,
      provider: error.provider,
      detail: joinWords(error.message, error.reason),
      retryAfterMs,
      retryAtMs: retryAfterMs === undefined ? undefined : context.nowMs + retryAfterMs,
      affordableTokens: buysNothing ? undefined : affordable,
      limit: decideLimit(error, decided),
      obstacle: decideObstacle(error, decided),
      network: http.status === 407 ? 'proxyLogin' : undefined,
      requestId: http.header('x-request-id') ?? http.header('cf-ray'),
      fallbackModels: answering.length > 0 ? answering : undefined,
    },
    context,
  );
}

/**
 * How many tokens of an answer can be paid. Where several providers were asked, each at its own price, the
 * next one may be a little dearer still than the dearest so far.
 */
function readAffordable({ message = '', reason = '', earlierReasons }: WireError): number | undefined {
  const amounts = [message, reason, ...earlierReasons].flatMap(words =>
    [...words.matchAll(/can only afford (\d{1,12})/gi)].map(match => Number(match[1])),
  );
  if (amounts.length === 0) return undefined;
  const least = Math.min(...amounts);
  return new Set(amounts).size === 1 ? least : Math.floor(least * 0.95);
}

/** How many tokens of an answer fit behind the prompt, as the server counts it; undefined when it does not fit itself. */
function readRoom({ message = '', reason = '' }: WireError): number | undefined {
  const words = `${message} ${reason}`;
  const [, context] = /maximum context length is (\d{1,12}) tokens/i.exec(words) ?? [];
  const [, prompt] = /\((\d{1,12}) (?:of text input|in the messages)/i.exec(words) ?? [];
  const room = Number(context) - Number(prompt);
  return context !== undefined && prompt !== undefined && room >= fewestAnswerTokens ? room : undefined;
}

/** "Provider returned error" says nothing: the provider's own reason replaces it. */
function joinWords(message: string | undefined, reason: string | undefined): string | undefined {
  if (!reason || message?.includes(reason)) return message;
  return !message || /^provider returned error\.?$/i.test(message) ? reason : `${message}: ${reason}`;
}

/**
 * Whether an answer without an error in it came from something in between. Statuses that only OpenRouter's own
 * edge sends, or that mean the same whoever sends them, stand for themselves.
 */
function isForeign(status: number, body: string, parsed: unknown, error: WireError | undefined): boolean {
  if (status === 404 || status === 405) {
    // A wrong address has words for that, too.
    const isAboutModel = error !== undefined && /model/i.test(error.message ?? '');
    return errorLikeness(parsed) !== 'sure' && !isAboutModel;
  }
  if (error) return false;
  const speaksForItself =
    status === 407 || status === 413 || status === 429 || (status >= 520 && status <= 530);
  return status < 400 || (isMarkup(body) && !speaksForItself);
}

/** A page of the network in front of OpenRouter: it takes the place of OpenRouter's own "overloaded". */
function isEdgePage({ status, headers, body }: HttpAnswer, { isOwnHost }: FailureContext): boolean {
  if (!isOwnHost || ![500, 502, 503, 504, 520, 521, 523].includes(status) || !isMarkup(body)) return false;
  const isEdge = headers.has('cf-ray') || /cloudflare/i.test(headers.get('server') ?? '');
  return isEdge || /cloudflare/i.test(body.slice(0, longestBody));
}

const anyKey = new Redactor();

const redactorOf = ({ redactor = anyKey }: FailureContext): Redactor => redactor;

/** Small, and without the key in any text: nothing else is ever looked through. */
function toSmall(value: unknown, context: FailureContext): unknown {
  const redactor = redactorOf(context);
  return toSmallJson(value, (text, longest) => redactor.redactStart(text, longest));
}

/** Fills in what the context knows and takes every key out of every text. */
function seal(failure: Failure, context: FailureContext): Failure {
  const redactor = redactorOf(context);
  const words = failure.detail && readableWords(redactor.redactStart(failure.detail, 4000));
  return compact({
    ...failure,
    errorType: cleanName(failure.errorType, context),
    provider: cleanName(failure.provider ?? context.provider, context),
    detail: words ? redactor.redactStart(words, longestDetail) : undefined,
    generationId: cleanName(context.generationId, context),
    requestId: cleanName(failure.requestId, context),
    fallbackModels: failure.fallbackModels
      ?.slice(0, mostFallbacks)
      .map(id => redactor.redactStart(id, longestName)),
  });
}

/** The innermost error that has a code, else the innermost: `fetch` wraps what really happened. */
function deepestCause(thrown: unknown): Thrown {
  let found: Thrown = {};
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

function describe({ code, message }: Thrown): string | undefined {
  if (!code || message?.includes(code)) return message || code;
  return message ? `${code}: ${message}` : code;
}

/** Node's own limits on silence, should they be shorter than ours. */
function isSilence(code: string | undefined): boolean {
  return code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT';
}
