import { knownFields } from '../base/knownFields';
import type { Generation } from '../chat/account';
import { type Answer, type AnswerEvent, partStart } from '../chat/answer';
import type { Routing } from '../chat/routing';
import type { Cost } from '../money/cost';
import { type CostRecord, formatCostRecord } from '../money/costRecord';
import { formatPico, type Pico, parsePico } from '../money/pico';
import type { Usage } from '../money/usage';
import type { LedgerEntry, LedgerPatch } from './ledger';

/** How an answer is written down. */
export interface RecordOptions {
  /** Epoch ms. */
  readonly endedAtMs: number;
  /** `askOpenRouter.ledger.storeText`: keep the answer's text. Default: do not. */
  readonly storeText?: boolean;
  /** What explains the cost. */
  readonly record?: CostRecord;
}

/** The one update that closes the row of an ended `answer` whose cost is `cost`. */
export function toLedgerPatch(answer: Answer, cost: Cost, options: RecordOptions): LedgerPatch {
  const { ending } = answer;
  const failure = ending?.failure;
  return {
    endedAt: options.endedAtMs,
    outcome: ending?.outcome,
    servedModel: answer.servedModel,
    provider: answer.provider ?? failure?.provider,
    ...toRoutingPatch(answer.routing),
    generationId: answer.generationId ?? failure?.generationId,
    finishReason: answer.finishReason,
    nativeFinishReason: answer.nativeFinishReason,
    httpStatus: failure?.httpStatus,
    errorKind: failure?.kind,
    ttftMs: wholeMs(ending?.ttftMs),
    durationMs: wholeMs(ending?.durationMs),
    answer: options.storeText ? answer.text.slice(partStart(answer).textEnd) : undefined,
    ...toUsagePatch(answer.usage),
    ...toCostPatch(cost, options.record),
  };
}

/** The update that writes down what `/generation` told of `row`, which had ended without a cost. */
export function toSettledPatch(
  row: Pick<LedgerEntry, 'servedModel' | 'provider' | 'serviceTier' | 'region' | 'attempt'>,
  cost: Cost,
  told: Pick<Generation, 'usage' | 'finishReason' | 'model' | 'provider' | 'routing'>,
  record?: CostRecord,
): LedgerPatch {
  return {
    // A request that was cut off before its first chunk does not know who served it.
    servedModel: row.servedModel ?? told.model,
    provider: row.provider ?? told.provider,
    serviceTier: row.serviceTier ?? told.routing?.serviceTier,
    region: row.region ?? told.routing?.region,
    attempt: row.attempt ?? told.routing?.attempt,
    finishReason: told.finishReason,
    ...toUsagePatch(told.usage),
    ...toCostPatch(cost, record),
  };
}

/** What a settled row tells the answer it belongs to. */
export function toSettledEvent(row: LedgerEntry): Extract<AnswerEvent, { type: 'settled' }> {
  const { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens } = row;
  const { serviceTier, region, attempt } = row;
  const routing = knownFields({ serviceTier, region, attempt });
  return {
    type: 'settled',
    cost: {
      state: row.costState,
      usd: row.costPico === undefined ? undefined : formatPico(row.costPico),
    },
    usage: { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens },
    finishReason: row.finishReason,
    model: row.servedModel,
    provider: row.provider,
    routing: Object.keys(routing).length > 0 ? routing : undefined,
  };
}

function toRoutingPatch({ serviceTier, region, attempt }: Routing = {}): LedgerPatch {
  return { serviceTier, region, attempt };
}

function toUsagePatch(usage: Usage | undefined): LedgerPatch {
  return {
    promptTokens: usage?.promptTokens,
    cachedTokens: usage?.cachedTokens,
    cacheWriteTokens: usage?.cacheWriteTokens,
    completionTokens: usage?.completionTokens,
    reasoningTokens: usage?.reasoningTokens,
    isByok: usage?.isByok,
    upstreamPico: toPico(usage?.upstreamUsd),
  };
}

function toCostPatch(cost: Cost, record: CostRecord | undefined): LedgerPatch {
  return {
    costState: cost.state,
    costPico: toPico(cost.usd),
    costParts: record && formatCostRecord(record),
  };
}

function toPico(usd: string | undefined): Pico | undefined {
  return usd === undefined ? undefined : parsePico(usd);
}

function wholeMs(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}
