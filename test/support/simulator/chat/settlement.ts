import { tierPercent } from '../catalogue/providers';
import type { BillEntry } from '../money/bill';
import { formatPico, parseDecimal, toWireNumber } from '../money/decimal';
import { type Charge, charge, type TokenCounts } from '../money/price';
import type { Simulation } from '../simulation';
import type { UsageShape } from '../wire/delivery';
import type { Generation, Progress } from './generation';

/** OpenRouter's fee for requests paid with the user's own provider key. */
const byokFeeDivisor = 20n;

export interface Outcome {
  readonly cancelled: boolean;
  readonly finishReason: string | null;
}

/** What is charged for what was generated so far. */
export interface Settlement {
  readonly tokens: TokenCounts;
  readonly charge: Charge;
  readonly costPico: bigint;
  readonly upstreamPico?: bigint;
}

/** An answer that ends with an error costs no tokens, nor does an empty one that ends in no way at all. */
function isInsured(progress: Progress, { finishReason }: Outcome): boolean {
  return finishReason === 'error' || (progress.completion === 0 && finishReason === null);
}

export function settle(generation: Generation, progress: Progress, outcome: Outcome): Settlement {
  const { prompt, route, answer } = generation;
  const tokens = {
    prompt: prompt.tokens,
    cached: prompt.cached,
    cacheWrite: prompt.cacheWrite,
    completion: progress.completion,
    reasoning: progress.reasoning,
  };
  const cost = isInsured(progress, outcome)
    ? { prompt: 0n, completion: 0n, total: 0n }
    : charge(route.endpoint.pricing, tokens, {
        atMs: generation.startedAtMs,
        percent: route.tier ? tierPercent[route.tier] : 100,
        writesForAnHour: generation.writesForAnHour,
        images: generation.images,
        imagesOut: answer.images?.length ?? 0,
      });
  const fees = feesOf(generation);
  if (!generation.isByok) return { tokens, charge: cost, costPico: cost.total + fees };
  return { tokens, charge: cost, costPico: cost.total / byokFeeDivisor + fees, upstreamPico: cost.total };
}

/** Of plugins and tools; due however the answer ends. */
const feesOf = ({ answer }: Generation): bigint =>
  (answer.stages ?? []).reduce((sum, { costUsd }) => sum + parseDecimal(costUsd ?? '0'), 0n);

/** Writes the generation into the bill. */
export function enterBill(
  simulation: Simulation,
  generation: Generation,
  progress: Progress,
  outcome: Outcome,
): BillEntry {
  const { costPico, upstreamPico, tokens } = settle(generation, progress, outcome);
  const now = simulation.now();
  const { referer, userAgent, sessionId } = generation;
  const entry: BillEntry = {
    generationId: generation.id,
    key: generation.key.text,
    requestedModel: generation.requestedModel,
    model: generation.servedAs,
    provider: generation.provider.name,
    endpoint: generation.route.endpoint.tag,
    attempts: generation.route.attempts,
    ...(servedTier(generation) && { serviceTier: servedTier(generation) }),
    tokens,
    costPico,
    costUsd: formatPico(costPico),
    feesPico: feesOf(generation),
    isByok: generation.isByok,
    ...(generation.answer.webSearches && { searches: generation.answer.webSearches }),
    ...(upstreamPico !== undefined && { upstreamPico, upstreamUsd: formatPico(upstreamPico) }),
    cancelled: outcome.cancelled,
    streamed: generation.streamed,
    finishReason: outcome.finishReason,
    nativeFinishReason: outcome.finishReason === null ? null : generation.nativeFinishReason,
    startedAtMs: generation.startedAtMs,
    endedAtMs: now,
    latencyMs: now - generation.startedAtMs,
    ...(referer && { referer }),
    ...(userAgent && { userAgent }),
    ...(sessionId && { sessionId }),
  };
  simulation.bill.add(entry);
  return entry;
}

/** The tier that served: named when another than the ordinary one did, or when the request had a wish. */
export const servedTier = ({ route, serviceTier }: Generation): string | undefined =>
  route.tier ?? (serviceTier ? 'default' : undefined);

/** `usage` as the wire has it. */
export function wireUsage(generation: Generation, settlement: Settlement, shape: UsageShape): unknown {
  const { tokens, charge: cost, costPico } = settlement;
  const { webSearches: searches } = generation.answer;
  const counts = {
    prompt_tokens: tokens.prompt,
    completion_tokens: tokens.completion,
    total_tokens: tokens.prompt + tokens.completion,
  };
  if (shape === 'tokensOnly') return counts;
  return {
    ...counts,
    cost: toWireNumber(costPico),
    is_byok: generation.isByok,
    prompt_tokens_details: {
      cached_tokens: tokens.cached,
      cache_write_tokens: tokens.cacheWrite,
      audio_tokens: 0,
      video_tokens: 0,
    },
    cost_details: {
      upstream_inference_cost: toWireNumber(cost.total),
      upstream_inference_prompt_cost: toWireNumber(cost.prompt),
      upstream_inference_completions_cost: toWireNumber(cost.completion),
      ...(searches && { server_tool_cost: toWireNumber(feesOf(generation)) }),
    },
    ...(searches && {
      server_tool_use_details: {
        web_search_requests: searches,
        tool_calls_requested: searches,
        tool_calls_executed: searches,
      },
    }),
    completion_tokens_details: { reasoning_tokens: tokens.reasoning, image_tokens: 0, audio_tokens: 0 },
  };
}
