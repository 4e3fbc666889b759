import type { FailureKind, ReachedLimit } from '../core/chat/failure';
import type { WireError } from './wire/errorBody';

/** `error.metadata.error_type` → kind, where the type alone decides. */
const kindByType: Readonly<Record<string, FailureKind>> = {
  invalid_prompt: 'badRequest',
  context_length_exceeded: 'contextTooLong',
  max_tokens_exceeded: 'contextTooLong',
  token_limit_exceeded: 'contextTooLong',
  string_too_long: 'contextTooLong',
  invalid_image: 'badRequest',
  image_too_large: 'badRequest',
  image_too_small: 'badRequest',
  unsupported_image_format: 'badRequest',
  image_download_failed: 'badRequest',
  image_not_found: 'badRequest',
  authentication: 'unauthorized',
  content_policy_violation: 'moderation',
  refusal: 'moderation',
  timeout: 'timeout',
  precondition_failed: 'unprocessable',
  payload_too_large: 'payloadTooLarge',
  unprocessable: 'unprocessable',
  server: 'serverError',
  server_error: 'serverError',
  unmapped: 'serverError',
  provider_unavailable: 'providerUnavailable',
  provider_overloaded: 'overloaded',
};

/** Types that say no more than a status does: the rest of the error decides. */
const statusByType: Readonly<Record<string, number>> = {
  invalid_request: 400,
  payment_required: 402,
  permission_denied: 403,
  not_found: 404,
  rate_limit_exceeded: 429,
};

const kindByStatus: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  // A proxy wants a login before it lets anything through.
  407: 'network',
  408: 'timeout',
  412: 'unprocessable',
  413: 'payloadTooLarge',
  422: 'unprocessable',
  500: 'serverError',
  502: 'providerUnavailable',
  503: 'overloaded',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

const kindByLimitSource: Readonly<Record<string, FailureKind>> = {
  openrouter_free_tier_daily: 'freeDailyLimit',
  openrouter_key_limit: 'keyLimit',
  openrouter_guardrail_budget: 'keyLimit',
  openrouter_workspace_budget: 'keyLimit',
  openrouter_in_flight_budget: 'inFlightBudget',
};

const limitBySource: Readonly<Record<string, ReachedLimit>> = {
  upstream_provider_shared_pool: 'provider',
  openrouter_guardrail_budget: 'guardrail',
  openrouter_workspace_budget: 'workspace',
};

const kindByAvailability: Readonly<Record<string, FailureKind>> = {
  model_not_found: 'modelNotFound',
  privacy_restricted: 'dataPolicy',
};

/** Which of our failures an error is: its type first, then the status, its words only where both leave it open. */
export function decideKind(error: WireError, httpStatus: number | undefined): FailureKind {
  const decided =
    kindByLimitSource[error.limitSource ?? ''] ??
    kindByAvailability[error.availability ?? ''] ??
    kindByType[error.errorType ?? ''];
  if (decided) return decided;
  const status = statusByType[error.errorType ?? ''] ?? error.status ?? httpStatus;
  const said = wordsOf(error);
  switch (status) {
    case 400:
      return badRequest(error, said);
    case 402:
      return payment(error, said);
    case 403:
      return forbidden(error, said);
    case 404:
      return notFound(said);
    case 429:
      return /free-models-per-day/.test(said) ? 'freeDailyLimit' : 'rateLimited';
    case undefined:
      return withoutStatus(error, said);
    default:
      return kindByStatus[status] ?? 'unknown';
  }
}

/** Which limit an error of `kind` is about; `undefined` when it does not say, or is about none. */
export function decideLimit(error: WireError, kind: FailureKind): ReachedLimit | undefined {
  const said = wordsOf(error);
  const stated = limitBySource[error.limitSource ?? ''];
  switch (kind) {
    case 'keyLimit':
      return stated ?? (isWorkspaceBudget(said) ? 'workspace' : isBudget(said) ? 'guardrail' : undefined);
    case 'freeDailyLimit':
      return /free-models-per-day-high-balance/.test(said) ? 'freePerDayRaised' : undefined;
    case 'rateLimited':
      if (/free-models-per-min/.test(said)) return 'freePerMinute';
      if (stated) return stated;
      // Only what comes from a provider names one; only OpenRouter's own limits are counted in headers.
      if (error.provider ?? error.reason) return 'provider';
      return /limit_rpm\//.test(said) || error.headers['x-ratelimit-limit'] ? 'account' : undefined;
    default:
      return undefined;
  }
}

/** Within a 200 an error without code and words is how some providers say nothing at all. */
function withoutStatus(error: WireError, said: string): FailureKind {
  if (error.isInvalid) return 'badRequest';
  return said.trim() === '' && !error.errorType ? 'emptyAnswer' : 'unknown';
}

function badRequest(error: WireError, said: string): FailureKind {
  if (error.isInvalid) return 'badRequest';
  if (/not a valid model/i.test(said)) return 'modelNotFound';
  if (/maximum context length|context (length|window)|prompt is too long/i.test(said))
    return 'contextTooLong';
  return 'badRequest';
}

function payment(error: WireError, said: string): FailureKind {
  if (error.limitReason === 'in_flight_budget_exhausted') return 'inFlightBudget';
  if (error.limitReason === 'weight_exceeds_budget') return 'answerTooExpensive';
  if (isCap(said)) return 'keyLimit';
  return /can only afford|fewer max_tokens/i.test(said) ? 'answerTooExpensive' : 'outOfCredits';
}

function forbidden(error: WireError, said: string): FailureKind {
  if (isCap(said)) return 'keyLimit';
  const isFlagged = error.isFlagged || /flagged|violates? (the )?[\w\s]*(guidelines|polic)/i.test(said);
  return isFlagged ? 'moderation' : 'forbidden';
}

function notFound(said: string): FailureKind {
  if (/data policy|privacy/i.test(said)) return 'dataPolicy';
  return /not a valid model|model .*(not found|does not exist)/i.test(said) ? 'modelNotFound' : 'noEndpoint';
}

const wordsOf = (error: WireError): string => `${error.message ?? ''} ${error.reason ?? ''}`;

const isCap = (said: string): boolean =>
  /key limit exceeded/i.test(said) || isBudget(said) || isWorkspaceBudget(said);
const isBudget = (said: string): boolean => /budget limit exceeded/i.test(said);
const isWorkspaceBudget = (said: string): boolean => /workspace .*budget .*exceeded/i.test(said);
