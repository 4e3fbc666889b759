import * as v from 'valibot';
import type { FieldSchemas } from '../../base/fieldSchemas';
import type { Cost } from '../../money/cost';
import type { Usage } from '../../money/usage';
import type { Answer } from '../answer';
import { type AnswerImage, toAnswerImage } from '../answerImage';
import type { AnswerPart } from '../answerParts';
import type { Ending, Outcome } from '../chatClient';
import type { Routing, RoutingAttempt, RoutingStage } from '../routing';
import type { Spending } from '../spending';
import { failureSchema } from './failureSchema';
import { flag, number, text, words } from './fields';

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

const spending = v.object({
  usd: v.string(),
  capUsd: v.string(),
  kind: v.picklist(['maxAnswerCost', 'session', 'daily', 'monthly']),
  by: v.picklist(['stop', 'maxTokens']),
} satisfies FieldSchemas<Spending>);

const ending = v.object({
  outcome,
  failure: v.optional(failureSchema),
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

export const answerSchema = v.object({
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
    v.object({
      attempt: v.number(),
      delayMs: v.number(),
      atMs: v.number(),
      failure: failureSchema,
    } satisfies FieldSchemas<NonNullable<Answer['retry']>>),
  ),
} satisfies FieldSchemas<Answer>);
