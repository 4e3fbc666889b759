import type { Usage } from '../../core/money/usage';
import { toDecimal } from './decimal';
import { compact, isRecord, type Json, toBoolean, toNumber, toRecord } from './json';

/** The `usage` object of an answer; `undefined` when there is none. Every part of it can be missing. */
export function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const prompt = toRecord(value.prompt_tokens_details);
  return compact({
    promptTokens: toNumber(value.prompt_tokens),
    completionTokens: toNumber(value.completion_tokens),
    cachedTokens: toNumber(prompt.cached_tokens),
    cacheWriteTokens: toNumber(prompt.cache_write_tokens),
    reasoningTokens: toNumber(toRecord(value.completion_tokens_details).reasoning_tokens),
    costUsd: toDecimal(value.cost),
    isByok: toBoolean(value.is_byok),
    upstreamUsd: toDecimal(toRecord(value.cost_details).upstream_inference_cost),
  });
}

/** The same facts as `GET /generation` names them. Native counts are the billed ones. */
export function readGenerationUsage(data: Json): Usage {
  return compact({
    promptTokens: toNumber(data.native_tokens_prompt) ?? toNumber(data.tokens_prompt),
    completionTokens: toNumber(data.native_tokens_completion) ?? toNumber(data.tokens_completion),
    cachedTokens: toNumber(data.native_tokens_cached),
    reasoningTokens: toNumber(data.native_tokens_reasoning),
    costUsd: toDecimal(data.total_cost) ?? toDecimal(data.usage),
    isByok: toBoolean(data.is_byok),
    upstreamUsd: toDecimal(data.upstream_inference_cost),
  });
}
