import type { FailureKind, Obstacle, ReachedLimit } from '../core/chat/failure';
import { isContextOverflow } from './contextOverflow';
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

/** What vendors call their errors. It decides only where there is no status: an HTTP status says more. */
const kindByVendorType: Readonly<Record<string, FailureKind>> = {
  rate_limit_error: 'rateLimited',
  rate_limit_exceeded: 'rateLimited',
  too_many_requests: 'rateLimited',
  resource_exhausted: 'rateLimited',
  overloaded_error: 'overloaded',
  overloaded: 'overloaded',
  unavailable: 'overloaded',
  api_error: 'serverError',
  internal: 'serverError',
  internal_error: 'serverError',
  internal_server_error: 'serverError',
  timeout_error: 'timeout',
  deadline_exceeded: 'timeout',
  invalid_request_error: 'badRequest',
  invalid_argument: 'badRequest',
  request_too_large: 'payloadTooLarge',
  content_filter: 'moderation',
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

/** More words than these are not looked through for the cause. */
const longestWords = 4000;

/** Which of our failures an error is: its type first, then the status, its words only where both leave it open. */
export function decideKind(error: WireError, httpStatus: number | undefined): FailureKind {
  const decided =
    kindByLimitSource[error.limitSource ?? ''] ??
    kindByAvailability[error.availability ?? ''] ??
    kindByType[error.errorType ?? ''];
  if (decided) return decided;
  // A status in the body is often a vendor's own number, or that of a call behind this one.
  const answered = httpStatus !== undefined && httpStatus >= 400 ? httpStatus : error.status;
  const status = statusByType[error.errorType ?? ''] ?? answered;
  const said = wordsOf(error);
  const isAboutRequest = status === undefined || [400, 413, 422].includes(status);
  if (isAboutRequest && !error.isInvalid && isContextOverflow(error.vendorTypes, said))
    return 'contextTooLong';
  switch (status) {
    case 400:
      return !error.isInvalid && said.includes('not a valid model') ? 'modelNotFound' : 'badRequest';
    case 402:
      return payment(error, said);
    case 403:
      return forbidden(error, said);
    case 404:
      return notFound(said);
    case 429:
      return said.includes('free-models-per-day') ? 'freeDailyLimit' : 'rateLimited';
    case 451:
      return 'forbidden';
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
      return said.includes('free-models-per-day-high-balance') ? 'freePerDayRaised' : undefined;
    case 'rateLimited':
      if (said.includes('free-models-per-min')) return 'freePerMinute';
      if (stated) return stated;
      // Only what comes from a provider names one; only OpenRouter's own limits are counted in headers.
      if (error.provider ?? error.reason) return 'provider';
      return said.includes('limit_rpm/') || error.headers['x-ratelimit-limit'] ? 'account' : undefined;
    default:
      return undefined;
  }
}

/** Words and codes by which it is known what stands in the way of a refused request. */
const obstacles: readonly (readonly [Obstacle, RegExp])[] = [
  ['managementKey', /\b(management|provisioning) (api )?keys?\b/],
  ['guardrail', /\bguardrails?\b/],
  ['age', /\bage\b|_age\b|\bage_|\b18\+|\b18 years|years old/],
  [
    'region',
    /\b(country|countries|region|regions|territory|territories|geo|user location)\b|_country_|_region|region_/,
  ],
  [
    'terms',
    /terms of (service|use)|terms and conditions|acceptable use|(accept|agree to) (the|its|their) (terms|license)/,
  ],
  [
    'app',
    /\b(this|your|the) (app|application|client)\b|http-referer|x-title|only available (in|through) the/,
  ],
];

/** What stands in the way of a `forbidden` request; `undefined` when it does not say. */
export function decideObstacle(error: WireError, kind: FailureKind): Obstacle | undefined {
  if (kind !== 'forbidden') return undefined;
  const known = [error.availability, ...error.missingAttestations, ...error.vendorTypes, wordsOf(error)];
  const said = known.join(' ').toLowerCase();
  const [obstacle] = obstacles.find(([, pattern]) => pattern.test(said)) ?? [];
  // What an account has to confirm before a model may be used are its terms, where it is no age.
  return obstacle ?? (error.missingAttestations.length > 0 ? 'terms' : undefined);
}

/** Within a 200 an error without code and words is how some providers say nothing at all. */
function withoutStatus(error: WireError, said: string): FailureKind {
  if (error.isInvalid) return 'badRequest';
  const named = error.vendorTypes.map(type => kindByVendorType[type]).find(kind => kind !== undefined);
  if (named) return named;
  if (/\brate.?limit|too many requests/.test(said)) return 'rateLimited';
  return said.trim() === '' && !error.errorType ? 'emptyAnswer' : 'unknown';
}

function payment(error: WireError, said: string): FailureKind {
  if (error.limitReason === 'in_flight_budget_exhausted') return 'inFlightBudget';
  // Who is sent to the page of the keys has run into the key's own limit: credits would not help.
  if (isCap(said) || /\/settings\/keys|\/workspaces\/[^/\s]{1,100}\/keys/.test(said)) return 'keyLimit';
  if (error.limitReason === 'weight_exceeds_budget') return 'answerTooExpensive';
  return /can only afford|fewer max_tokens/.test(said) ? 'answerTooExpensive' : 'outOfCredits';
}

function forbidden(error: WireError, said: string): FailureKind {
  if (isCap(said)) return 'keyLimit';
  const isViolation = /\bviolates?\b/.test(said) && /guideline|polic/.test(said);
  return error.isFlagged || said.includes('flagged') || isViolation ? 'moderation' : 'forbidden';
}

function notFound(said: string): FailureKind {
  if (/max(imum)?[ _]price/.test(said)) return 'noEndpointAtPrice';
  if (/data policy|privacy/.test(said)) return 'dataPolicy';
  const isModelGone = said.includes('model ') && /not found|does not exist/.test(said);
  return isModelGone || said.includes('not a valid model') ? 'modelNotFound' : 'noEndpoint';
}

/** In small letters. */
const wordsOf = ({ message = '', reason = '' }: WireError): string =>
  `${message.slice(0, longestWords)} ${reason.slice(0, longestWords)}`.toLowerCase();

const isCap = (said: string): boolean =>
  said.includes('key limit exceeded') || isBudget(said) || isWorkspaceBudget(said);
const isBudget = (said: string): boolean => said.includes('budget limit exceeded');
const isWorkspaceBudget = (said: string): boolean =>
  ['workspace ', 'budget ', 'exceeded'].every(word => said.includes(word));
