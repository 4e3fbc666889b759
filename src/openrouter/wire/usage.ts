import type { Usage } from '../../core/money/usage';
import { toAmount, toCost } from './decimal';
import { compact, isRecord, type Json, toBoolean, toCount, toRecord } from './json';

/** The `usage` object of an answer; `undefined` when there is none. Every part of it can be missing. */
export function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const prompt = toRecord(value.prompt_tokens_details);
  const details = toRecord(value.cost_details);
  return compact({
    promptTokens: toCount(value.prompt_tokens),
    completionTokens: toCount(value.completion_tokens),
    cachedTokens: toCount(prompt.cached_tokens),
    cacheWriteTokens: toCount(prompt.cache_write_tokens),
    reasoningTokens: toCount(toRecord(value.completion_tokens_details).reasoning_tokens),
    costUsd: toCost(value.cost),
    isByok: toBoolean(value.is_byok),
    upstreamUsd: toCost(details.upstream_inference_cost),
    upstreamPromptUsd: toCost(details.upstream_inference_prompt_cost),
    upstreamCompletionUsd: toCost(details.upstream_inference_completions_cost),
    toolsUsd: toCost(details.server_tool_cost),
    webSearches: toCount(toRecord(value.server_tool_use_details).web_search_requests),
  });
}

/** The same facts as `GET /generation` names them. Native counts are the billed ones. */
export function readGenerationUsage(data: Json): Usage {
  return compact({
    promptTokens: toCount(data.native_tokens_prompt) ?? toCount(data.tokens_prompt),
    completionTokens: toCount(data.native_tokens_completion) ?? toCount(data.tokens_completion),
    cachedTokens: toCount(data.native_tokens_cached),
    reasoningTokens: toCount(data.native_tokens_reasoning),
    costUsd: toCost(data.total_cost) ?? toCost(data.usage),
    isByok: toBoolean(data.is_byok),
    upstreamUsd: toCost(data.upstream_inference_cost),
    cacheDiscountUsd: toAmount(data.cache_discount),
  });
}
