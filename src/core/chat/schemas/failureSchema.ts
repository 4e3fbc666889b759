import * as v from 'valibot';
import type { FieldSchemas } from '../../base/fieldSchemas';
import type { LedgerFaultKind } from '../../money/ledgerFault';
import type { PriceOffer } from '../../money/maxPrice';
import type {
  BudgetStop,
  ExcludingRule,
  Failure,
  FailureKind,
  ForbiddenModel,
  ModelOffer,
  NetworkCause,
  Obstacle,
  ReachedLimit,
} from '../failure';
import { maxPriceSchema } from '../requestParameters';
import { flag, number, text, words } from './fields';

const failureKind = words<FailureKind>({
  noKey: true,
  budget: true,
  limitsUnchecked: true,
  priceNotBound: true,
  modelForbidden: true,
  freeQuotaUsed: true,
  needsVision: true,
  invalidBaseUrl: true,
  badRequest: true,
  modelNotFound: true,
  contextTooLong: true,
  unauthorized: true,
  outOfCredits: true,
  answerTooExpensive: true,
  answerTooLarge: true,
  inFlightBudget: true,
  keyLimit: true,
  moderation: true,
  forbidden: true,
  dataPolicy: true,
  noEndpoint: true,
  noEndpointAtPrice: true,
  payloadTooLarge: true,
  unprocessable: true,
  rateLimited: true,
  freeDailyLimit: true,
  timeout: true,
  serverError: true,
  providerUnavailable: true,
  overloaded: true,
  notOpenRouter: true,
  emptyAnswer: true,
  stalled: true,
  cutOff: true,
  network: true,
  unknown: true,
});

const reachedLimit = words<ReachedLimit>({
  provider: true,
  account: true,
  freePerMinute: true,
  freePerDayRaised: true,
  guardrail: true,
  workspace: true,
});

const obstacle = words<Obstacle>({
  managementKey: true,
  region: true,
  terms: true,
  age: true,
  app: true,
  guardrail: true,
});

const networkCause = words<NetworkCause>({
  offline: true,
  dns: true,
  refused: true,
  noConnection: true,
  reset: true,
  untrusted: true,
  certificateDate: true,
  certificateName: true,
  tls: true,
  proxyLogin: true,
  proxy: true,
  loginPage: true,
});

const excludingRule = words<ExcludingRule>({
  order: true,
  only: true,
  ignore: true,
  allow_fallbacks: true,
  require_parameters: true,
  data_collection: true,
  zdr: true,
  enforce_distillable_text: true,
  quantizations: true,
  sort: true,
  preferred_min_throughput: true,
  preferred_max_latency: true,
  tools: true,
  parameters: true,
  maxPrice: true,
  account: true,
});

const modelOffer = v.object({
  id: v.string(),
  price: text,
  contextTokens: number,
} satisfies FieldSchemas<ModelOffer>);

const ledgerFault = words<LedgerFaultKind>({
  locked: true,
  full: true,
  readOnly: true,
  damaged: true,
  newer: true,
  refused: true,
  unavailable: true,
});

const budget = v.object({
  kind: v.picklist(['session', 'daily', 'monthly', 'maxAnswerCost']),
  limitUsd: v.string(),
  committedUsd: v.string(),
  requestUsd: text,
} satisfies FieldSchemas<BudgetStop>);

const priceOffer = v.object({
  maxPrice: maxPriceSchema,
  costUsd: text,
} satisfies FieldSchemas<PriceOffer>);

const forbiddenModel = v.object({
  model: v.string(),
  setting: v.picklist(['allowedModels', 'blockedModels']),
} satisfies FieldSchemas<ForbiddenModel>);

export const failureSchema = v.object({
  // A word of another version is none we can act on.
  kind: v.fallback(failureKind, 'unknown'),
  httpStatus: number,
  errorType: text,
  provider: text,
  detail: text,
  retryAfterMs: number,
  retryAtMs: number,
  affordableTokens: number,
  neverLeft: flag,
  network: v.fallback(v.optional(networkCause), undefined),
  limit: v.fallback(v.optional(reachedLimit), undefined),
  obstacle: v.fallback(v.optional(obstacle), undefined),
  excludedBy: v.fallback(v.optional(v.array(excludingRule)), undefined),
  alternatives: v.fallback(v.optional(v.array(modelOffer)), undefined),
  earlierTurns: number,
  heldUsd: text,
  fallbackModels: v.optional(v.array(v.string())),
  rule: v.fallback(v.optional(forbiddenModel), undefined),
  budget: v.fallback(v.optional(budget), undefined),
  maxPrice: v.fallback(v.optional(maxPriceSchema), undefined),
  offer: v.fallback(v.optional(priceOffer), undefined),
  ledgerFault: v.fallback(v.optional(ledgerFault), undefined),
  requestId: text,
  generationId: text,
} satisfies FieldSchemas<Failure>);
