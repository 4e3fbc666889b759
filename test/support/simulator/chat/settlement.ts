import type { BillEntry } from '../money/bill';
import { formatPico, toWireNumber } from '../money/decimal';
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

/** Nothing generated and no good end: no charge, not even for the prompt. */
export function settle(generation: Generation, progress: Progress, outcome: Outcome): Settlement {
  const isFree =
    progress.completion === 0 && (outcome.finishReason === null || outcome.finishReason === 'error');
  const { prompt } = generation;
  const tokens = {
    prompt: prompt.tokens,
    cached: prompt.cached,
    cacheWrite: prompt.cacheWrite,
    completion: progress.completion,
    reasoning: progress.reasoning,
  };
  const cost = isFree
    ? { prompt: 0n, completion: 0n, total: 0n }
    : charge(generation.model.pricing, tokens, generation.startedAtMs);
  if (!generation.isByok) return { tokens, charge: cost, costPico: cost.total };
  return { tokens, charge: cost, costPico: cost.total / byokFeeDivisor, upstreamPico: cost.total };
}

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
    tokens,
    costPico,
    costUsd: formatPico(costPico),
    isByok: generation.isByok,
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

/** `usage` as the wire has it. */
export function wireUsage(generation: Generation, settlement: Settlement, shape: UsageShape): unknown {
  const { tokens, charge: cost, costPico } = settlement;
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
    },
    completion_tokens_details: { reasoning_tokens: tokens.reasoning, image_tokens: 0, audio_tokens: 0 },
  };
}
