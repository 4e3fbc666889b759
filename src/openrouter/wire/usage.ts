import type { Usage } from '../../core/money/usage';
import { toCost } from './decimal';
import { compact, isRecord, type Json, toBoolean, toCount, toRecord } from './json';

/** The `usage` object of an answer; `undefined` when there is none. Every part of it can be missing. */
export function readUsage(value: unknown): Usage | undefined {
  if (!isRecord(value)) return undefined;
  const prompt = toRecord(value.prompt_tokens_details);
  return compact({
    promptTokens: toCount(value.prompt_tokens),
    completionTokens: toCount(value.completion_tokens),
    cachedTokens: toCount(prompt.cached_tokens),
    cacheWriteTokens: toCount(prompt.cache_write_tokens),
    reasoningTokens: toCount(toRecord(value.completion_tokens_details).reasoning_tokens),
    costUsd: toCost(value.cost),
    isByok: toBoolean(value.is_byok),
    upstreamUsd: toCost(toRecord(value.cost_details).upstream_inference_cost),
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
  });
}

/**
 * What two reports of one request say together. A later one never makes a known figure smaller or unknown:
 * servers send zeros, or a part of the fields, after the report with the bill.
 */
export function mergeUsage(earlier: Usage, later: Usage): Usage {
  const bill = [later, earlier].find(isBill);
  return compact({
    promptTokens: larger(earlier.promptTokens, later.promptTokens),
    completionTokens: larger(earlier.completionTokens, later.completionTokens),
    cachedTokens: larger(earlier.cachedTokens, later.cachedTokens),
    cacheWriteTokens: larger(earlier.cacheWriteTokens, later.cacheWriteTokens),
    reasoningTokens: larger(earlier.reasoningTokens, later.reasoningTokens),
    costUsd: bill?.costUsd ?? later.costUsd ?? earlier.costUsd,
    isByok: later.isByok ?? earlier.isByok,
    upstreamUsd: isAmount(later.upstreamUsd) ? later.upstreamUsd : (earlier.upstreamUsd ?? later.upstreamUsd),
  });
}

/** Zero is no bill where another report names an amount. */
const isBill = ({ costUsd }: Usage): boolean => isAmount(costUsd);

const isAmount = (usd: string | undefined): boolean => usd !== undefined && Number(usd) > 0;

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
