import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import { imageTypes } from '../base/imageData';
import type { Cost } from '../money/cost';
import type { LedgerFaultKind } from '../money/ledgerFault';
import type { PriceOffer } from '../money/maxPrice';
import type { SentEstimate } from '../money/sentEstimate';
import type { Usage } from '../money/usage';
import type { AddedImage, AddedText } from './addedPart';
import type { Answer } from './answer';
import { type AnswerImage, toAnswerImage } from './answerImage';
import type { AnswerPart } from './answerParts';
import type { Ending, Outcome } from './chatClient';
import type {
  Choices,
  CodeContext,
  CodePart,
  Conversation,
  Sent,
  SentCode,
  TextPosition,
  TextRange,
  Turn,
} from './conversation';
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
} from './failure';
import { maskedSecretSchema } from './maskedSecret';
import { settable } from './parameterSettings';
import { maxPriceSchema, requestParametersSchema } from './requestParameters';
import type { Routing, RoutingAttempt, RoutingStage } from './routing';
import type { Spending } from './spending';

const text = v.optional(v.string());
const number = v.optional(v.number());
const flag = v.optional(v.boolean());

/** A closed set of words; the record makes forgetting one a type error. */
function words<Word extends string>(record: Readonly<Record<Word, true>>) {
  return v.picklist(Object.keys(record) as Word[]);
}

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

const outcome = words<Outcome>({
  completed: true,
  truncated: true,
  failed: true,
  cancelled: true,
  interrupted: true,
});

const costState = words<Cost['state']>({
  billed: true,
  settled: true,
  pending: true,
  estimated: true,
  free: true,
  unknown: true,
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

const failure = v.object({
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

const spending = v.object({
  usd: v.string(),
  capUsd: v.string(),
  kind: v.picklist(['maxAnswerCost', 'session', 'daily', 'monthly']),
  by: v.picklist(['stop', 'maxTokens']),
} satisfies FieldSchemas<Spending>);

const ending = v.object({
  outcome,
  failure: v.optional(failure),
  nothingRan: flag,
  moneyStop: v.fallback(v.optional(spending), undefined),
  skippedEvents: number,
  ttftMs: number,
  durationMs: v.number(),
  retriedMs: number,
} satisfies FieldSchemas<Ending>);

const usage = v.object({
  promptTokens: number,
  completionTokens: number,
  cachedTokens: number,
  cacheWriteTokens: number,
  reasoningTokens: number,
  costUsd: text,
  isByok: flag,
  upstreamUsd: text,
  upstreamPromptUsd: text,
  upstreamCompletionUsd: text,
  toolsUsd: text,
  webSearches: number,
  cacheDiscountUsd: text,
} satisfies FieldSchemas<Usage>);

const routing = v.object({
  summary: text,
  strategy: text,
  region: text,
  serviceTier: text,
  attempt: number,
  attempts: v.optional(
    v.array(
      v.object({
        provider: text,
        model: text,
        status: number,
        latencyMs: number,
      } satisfies FieldSchemas<RoutingAttempt>),
    ),
  ),
  endpoints: number,
  quantization: text,
  generationMs: number,
  stages: v.optional(
    v.array(
      v.object({
        type: v.string(),
        name: text,
        summary: text,
        costUsd: text,
        guardrailId: text,
        guardrailScope: text,
      } satisfies FieldSchemas<RoutingStage>),
    ),
  ),
} satisfies FieldSchemas<Routing>);

const cost = v.optional(v.object({ state: costState, usd: text } satisfies FieldSchemas<Cost>));

const part = v.object({
  requestId: v.string(),
  outcome,
  textEnd: v.number(),
  reasoningEnd: v.number(),
  servedModel: text,
  provider: text,
  generationId: text,
  finishReason: text,
  usage: v.optional(usage),
  cost,
} satisfies FieldSchemas<AnswerPart>);

const answerImage: v.GenericSchema<unknown, AnswerImage> = v.pipe(
  v.variant('kind', [
    v.object({ kind: v.literal('shown'), url: v.string() }),
    v.object({ kind: v.literal('linked'), url: v.string() }),
    v.object({ kind: v.literal('missing'), reason: v.picklist(['tooLarge', 'unreadable', 'notKept']) }),
  ]),
  // A file is not trusted more than a server.
  v.transform((image): AnswerImage => (image.kind === 'shown' ? toAnswerImage(image.url) : image)),
);

const answer = v.object({
  status: v.union([v.literal('streaming'), outcome]),
  text: v.string(),
  reasoning: v.string(),
  toolCalls: v.array(v.object({ name: v.string(), arguments: v.string() })),
  citations: v.array(v.object({ url: v.string(), title: text })),
  imageCount: v.number(),
  images: v.fallback(v.optional(v.array(answerImage)), undefined),
  servedModel: text,
  provider: text,
  generationId: text,
  routing: v.fallback(v.optional(routing), undefined),
  finishReason: text,
  nativeFinishReason: text,
  usage: v.optional(usage),
  isUsageRunning: flag,
  cost,
  ending: v.optional(ending),
  earlier: v.optional(v.array(part)),
  requestId: text,
  spending: v.fallback(v.optional(spending), undefined),
  isKept: flag,
  retry: v.optional(
    v.object({ attempt: v.number(), delayMs: v.number(), atMs: v.number(), failure } satisfies FieldSchemas<
      NonNullable<Answer['retry']>
    >),
  ),
} satisfies FieldSchemas<Answer>);

const position = v.object({
  line: v.number(),
  character: v.number(),
} satisfies FieldSchemas<TextPosition>);

const codePart = v.object({
  text: v.string(),
  startLine: v.number(),
  endLine: v.number(),
  range: v.optional(v.object({ start: position, end: position } satisfies FieldSchemas<TextRange>)),
} satisfies FieldSchemas<CodePart>);

const codeContext = v.object({
  kind: v.picklist(['enclosing', 'imports', 'problems']),
  text: v.string(),
} satisfies FieldSchemas<CodeContext>);

const code = v.pipe(
  v.looseObject({}),
  // Version 0.1.0 knew one piece, whose text and lines stood beside the path.
  v.transform(kept => ('parts' in kept ? kept : { ...kept, parts: [kept] })),
  v.object({
    parts: v.pipe(v.array(codePart), v.minLength(1), v.readonly()),
    languageId: v.string(),
    path: v.string(),
    cell: number,
    scope: v.picklist(['selection', 'symbol', 'file']),
    symbolName: text,
    context: v.optional(v.array(codeContext)),
  } satisfies FieldSchemas<SentCode>),
);

const addedText = v.object({
  kind: v.picklist(['file', 'symbol', 'problems', 'diff', 'terminal', 'clipboard']),
  name: v.string(),
  path: text,
  languageId: text,
  startLine: number,
  endLine: number,
  text: v.string(),
} satisfies FieldSchemas<AddedText>);

const addedImage = v.object({
  kind: v.literal('image'),
  name: v.string(),
  path: text,
  url: v.optional(v.pipe(v.string(), v.startsWith('data:image/'))),
  mediaType: v.picklist(imageTypes),
  width: v.number(),
  height: v.number(),
} satisfies FieldSchemas<AddedImage>);

export const addedPartSchema = v.union([addedText, addedImage]);

const sent = v.pipe(
  v.looseObject({}),
  // Version 0.1.0 wrote the two parameters that there were beside the prompt.
  v.transform(kept => ('parameters' in kept ? kept : { ...kept, parameters: kept })),
  v.object({
    systemPrompt: v.string(),
    earlierTurns: v.number(),
    prompt: v.string(),
    code: v.optional(code),
    added: v.fallback(v.optional(v.array(addedPartSchema)), undefined),
    parameters: requestParametersSchema,
    maxTokensReason: text,
    isCompressionOff: flag,
    masked: v.fallback(v.optional(v.array(maskedSecretSchema)), undefined),
    cacheMark: v.fallback(v.optional(v.picklist(['write', 'read'])), undefined),
  } satisfies FieldSchemas<Sent>),
);

const turn = v.object({
  id: v.string(),
  kind: v.optional(v.literal('check')),
  action: v.string(),
  title: v.string(),
  startedAtMs: v.number(),
  follows: text,
  apply: v.fallback(v.optional(v.picklist(['replace', 'newFile'])), undefined),
  group: text,
  versionOf: text,
  promptId: text,
  ownParameters: v.fallback(v.optional(v.partial(requestParametersSchema)), undefined),
  remembered: v.fallback(v.optional(v.array(v.picklist(settable))), undefined),
  sent,
  estimate: v.optional(
    v.object({
      promptTokens: v.number(),
      promptUsd: text,
      answerTokenUsd: text,
    } satisfies FieldSchemas<SentEstimate>),
  ),
  answer,
} satisfies FieldSchemas<Turn>);

const ids = v.array(v.string());
const choices = v.object({ kept: ids, shown: ids } satisfies FieldSchemas<Choices>);

/** A conversation as a file or another process gives it. */
export const conversationSchema: v.GenericSchema<unknown, Conversation> = v.object({
  id: v.string(),
  turns: v.array(turn),
  choices: v.fallback(v.optional(choices), undefined),
} satisfies FieldSchemas<Conversation>);
