import type { LedgerFaultKind } from '../money/ledgerFault';
import type { MaxPrice, PriceOffer } from '../money/maxPrice';
import type { ProviderRules } from './providerRules';

/**
 * Every way a call to OpenRouter can fail that the user can do something about.
 * Statuses and metadata behind each: https://openrouter.ai/docs/api-reference/errors
 */
export type FailureKind =
  /** No key is stored for the base URL's origin; nothing was sent. */
  | 'noKey'
  /** A spending limit of the user's would be passed; nothing was sent. `budget` says which. */
  | 'budget'
  /** Spending limits are set, but what was spent could not be read; nothing was sent. `ledgerFault` says why. */
  | 'limitsUnchecked'
  /** Spending limits are set, and the price varies or is not known: they could not be held; nothing was sent. */
  | 'priceNotBound'
  /** A setting of the user's forbids the model or a fallback; nothing was sent. `rule` says which. */
  | 'modelForbidden'
  /** `askOpenRouter.baseUrl` is not a URL, or neither https nor loopback; nothing was sent. */
  | 'invalidBaseUrl'
  /** 400: the request itself is wrong (bad parameter, wrong types). */
  | 'badRequest'
  /** 400 that names the model id as unknown, or 404 for it. */
  | 'modelNotFound'
  /** 400 `context_length_exceeded` and its kin: prompt plus answer do not fit the model. */
  | 'contextTooLong'
  /** 401: key missing, wrong, deleted or of another account. */
  | 'unauthorized'
  /** 402: the account has no credits left. */
  | 'outOfCredits'
  /** 402: credits exist but do not cover prompt + `max_tokens`; `affordableTokens` when the server said it. */
  | 'answerTooExpensive'
  /** 402 `in_flight_budget_exhausted`: other running requests hold the balance; passes by itself. */
  | 'inFlightBudget'
  /** 402 or 403: a spending cap on the key, not the key itself; `limit` says when it is not the key's own. */
  | 'keyLimit'
  /** 403 because the input was flagged. */
  | 'moderation'
  /** 403 by permission, guardrail or policy. */
  | 'forbidden'
  /** 404: no endpoint is left under the account's data policy. */
  | 'dataPolicy'
  /** 404: no endpoint offers the model with the parameters sent. */
  | 'noEndpoint'
  /** 404: every endpoint asks for more than `maxPrice`, which a spending limit of the user's allows for. */
  | 'noEndpointAtPrice'
  /** 413. */
  | 'payloadTooLarge'
  /** 412 or 422. */
  | 'unprocessable'
  /** 429 of the platform or of the upstream provider; `limit` says which when the server did. */
  | 'rateLimited'
  /** 429 `free-models-per-day`: nothing more on `:free` models until UTC midnight. */
  | 'freeDailyLimit'
  /** 408, 504 or 524. */
  | 'timeout'
  /** 500. */
  | 'serverError'
  /** 502: the provider behind the model failed. */
  | 'providerUnavailable'
  /** 503 or 529. */
  | 'overloaded'
  /** The answer was not OpenRouter's (HTML of a proxy or login page, broken JSON). */
  | 'notOpenRouter'
  /** HTTP 200 with nothing in it. */
  | 'emptyAnswer'
  /** No bytes, or keep-alives only, for longer than the stall limits allow. */
  | 'stalled'
  /** The connection ended before the answer did. */
  | 'cutOff'
  /** The answer grew beyond every bound and was cut there; `detail` says at what size. */
  | 'answerTooLarge'
  /** The host could not be reached (DNS, refused, proxy, certificate). */
  | 'network'
  /** Anything else; `detail` has what is known. */
  | 'unknown';

const unsent: ReadonlySet<FailureKind> = new Set([
  'noKey',
  'invalidBaseUrl',
  'budget',
  'limitsUnchecked',
  'priceNotBound',
  'modelForbidden',
]);

/** True for failures after which nothing had left the machine. */
export function isUnsent(kind: FailureKind | undefined): boolean {
  return kind !== undefined && unsent.has(kind);
}

/** A limit of the user's that a request would pass. Amounts: USD, decimal text. */
export interface BudgetStop {
  readonly kind: 'session' | 'daily' | 'monthly' | 'maxAnswerCost';
  readonly limitUsd: string;
  /** Spent, estimated, and held for requests whose cost is not known; for `maxAnswerCost` what the shortest answer costs. */
  readonly committedUsd: string;
  /** What the request could cost at most; undefined when its price varies. */
  readonly requestUsd?: string;
}

/** A setting that forbids a model. */
export interface ForbiddenModel {
  readonly model: string;
  readonly setting: 'allowedModels' | 'blockedModels';
}

/** Which of the limits that are not the user's own a request ran into. */
export type ReachedLimit =
  /** 429: the provider's, shared by all who come through OpenRouter. */
  | 'provider'
  /** 429: OpenRouter's, of this account. */
  | 'account'
  /** 429 `free-models-per-min`. */
  | 'freePerMinute'
  /** 429 `free-models-per-day-high-balance`: the higher quota, which no credits raise further. */
  | 'freePerDayRaised'
  /** 402 or 403: a budget that a guardrail sets for the key or its owner. */
  | 'guardrail'
  /** 402 or 403: the budget of the key's workspace. */
  | 'workspace';

/** What stands in the way of a request that is not permitted. */
export type Obstacle =
  /** The key is one for managing keys, which asks no models. */
  | 'managementKey'
  /** Where the request comes from, or would be served. */
  | 'region'
  /** The terms of the provider, or ones that the account has not accepted. */
  | 'terms'
  /** An age that the account has not confirmed. */
  | 'age'
  /** The model is open to other apps only. */
  | 'app'
  /** A guardrail of the key, of a member or of the workspace blocked what was sent. */
  | 'guardrail';

/** What stood between this machine and OpenRouter. */
export type NetworkCause =
  /** No network at all. */
  | 'offline'
  /** The name of the host has no address here. */
  | 'dns'
  /** Nobody listens at that address. */
  | 'refused'
  /** No connection came about in time. */
  | 'noConnection'
  /** The connection was broken off. */
  | 'reset'
  /** The certificate was issued by somebody whom this machine does not trust. */
  | 'untrusted'
  /** The certificate is not valid today. */
  | 'certificateDate'
  /** The certificate belongs to another host. */
  | 'certificateName'
  /** Anything else that goes wrong while a connection is made safe. */
  | 'tls'
  /** A proxy wants a login. */
  | 'proxyLogin'
  /** A proxy did not let it through, or cannot be reached. */
  | 'proxy'
  /** A page of the network, which wants a login before it lets anything through, came as the answer. */
  | 'loginPage';

/** A rule of the request by which no endpoint was left; `account`: the privacy settings of the account. */
export type ExcludingRule = keyof ProviderRules | 'tools' | 'parameters' | 'maxPrice' | 'account';

/** A model that can be asked instead. */
export interface ModelOffer {
  readonly id: string;
  /** What it costs, in words: "$3 in and $15 out per million tokens", "free". */
  readonly price?: string;
  /** Undefined where another context is not why it is offered. */
  readonly contextTokens?: number;
}

/** An expected failure as data. Holds no key, prompt or answer text. */
export interface Failure {
  readonly kind: FailureKind;
  /** HTTP status, or the status in `error.code` of a failure that came inside a 200. */
  readonly httpStatus?: number;
  /** `error.metadata.error_type`, as sent. */
  readonly errorType?: string;
  /** Display name of the upstream provider that failed, when the server named one. */
  readonly provider?: string;
  /** The server's own words, including the reason unpacked from `metadata.raw`: one line of at most 500 characters. */
  readonly detail?: string;
  /** How long the server asked to wait (`Retry-After`, `retry_after_seconds`). */
  readonly retryAfterMs?: number;
  /** When `retryAfterMs` is over, epoch ms. */
  readonly retryAtMs?: number;
  /** For `answerTooExpensive`, `keyLimit` and `contextTooLong`: how many answer tokens the balance, the key's limit or the context has room for. */
  readonly affordableTokens?: number;
  /** For `network`: true when the request cannot have left, for want of an address, a connection or trust. */
  readonly neverLeft?: boolean;
  /** For `network` and `notOpenRouter`, when it is known. */
  readonly network?: NetworkCause;
  /** For `rateLimited`, `freeDailyLimit` and `keyLimit`; undefined when the server did not say. */
  readonly limit?: ReachedLimit;
  /** For `forbidden`, when the server said it. */
  readonly obstacle?: Obstacle;
  /** For `noEndpoint` and `dataPolicy`: each of these, or all of them together, left no endpoint. */
  readonly excludedBy?: readonly ExcludingRule[];
  /** Models of the list that would do: near names, a larger context, or the paid one of the same name. */
  readonly alternatives?: readonly ModelOffer[];
  /** For `contextTooLong`: so many earlier turns went along. */
  readonly earlierTurns?: number;
  /** For `inFlightBudget`: what open requests hold at most, as far as the usage history knows. USD, decimal text. */
  readonly heldUsd?: string;
  /** Model ids that the server suggests instead. */
  readonly fallbackModels?: readonly string[];
  /** For `modelForbidden`. */
  readonly rule?: ForbiddenModel;
  /** For `budget`. */
  readonly budget?: BudgetStop;
  /** For `noEndpointAtPrice`: the bound that no endpoint was within. */
  readonly maxPrice?: MaxPrice;
  /** For `priceNotBound` and `noEndpointAtPrice`: the price at which the request could be sent. */
  readonly offer?: PriceOffer;
  /** For `limitsUnchecked`. */
  readonly ledgerFault?: LedgerFaultKind;
  /** What the server, or the network in front of it, calls this call: for its support. */
  readonly requestId?: string;
  /** Set when the failed request got a generation id: it can be looked up and may have been billed. */
  readonly generationId?: string;
}
