import { knownFields } from '../base/knownFields';

/** Tokens and money of one request as the server reported them. Unknown is `undefined`, never 0. */
export interface Usage {
  /** Includes `cachedTokens` and `cacheWriteTokens`. */
  readonly promptTokens?: number;
  /** Includes `reasoningTokens`. */
  readonly completionTokens?: number;
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly reasoningTokens?: number;
  /** `usage.cost` in USD as decimal text without exponent. With BYOK only OpenRouter's fee. */
  readonly costUsd?: string;
  readonly isByok?: boolean;
  /** `cost_details.upstream_inference_cost` in USD as decimal text; counts only with `isByok`. */
  readonly upstreamUsd?: string;
  /** The two parts of `upstreamUsd` as `cost_details` names them: what the prompt and the answer cost by token. */
  readonly upstreamPromptUsd?: string;
  readonly upstreamCompletionUsd?: string;
  /** `cost_details.server_tool_cost`, in USD as decimal text: what tools have cost at OpenRouter. */
  readonly toolsUsd?: string;
  /** Searches of the web by a tool of OpenRouter's. */
  readonly webSearches?: number;
  /** `cache_discount` of `/generation`, in USD as decimal text: saved by a cache; negative when writing to it cost more. */
  readonly cacheDiscountUsd?: string;
}

/** What a report of the server says of money. */
type BillFields = Pick<
  Usage,
  | 'costUsd'
  | 'isByok'
  | 'upstreamUsd'
  | 'upstreamPromptUsd'
  | 'upstreamCompletionUsd'
  | 'toolsUsd'
  | 'cacheDiscountUsd'
>;

/**
 * What an answer has used by all that was reported of it so far: a later report makes no known count smaller
 * or unknown, and the last bill that is one wins. Some servers send zeros after the bill.
 */
export function mergeUsage(known: Usage | undefined, later: Usage): Usage {
  if (!known) return later;
  const bill = isBill(later) || !isBill(known) ? later : known;
  return knownFields({
    promptTokens: larger(known.promptTokens, later.promptTokens),
    completionTokens: larger(known.completionTokens, later.completionTokens),
    cachedTokens: larger(known.cachedTokens, later.cachedTokens),
    cacheWriteTokens: larger(known.cacheWriteTokens, later.cacheWriteTokens),
    reasoningTokens: larger(known.reasoningTokens, later.reasoningTokens),
    webSearches: larger(known.webSearches, later.webSearches),
    ...knownFields(billFields(known)),
    ...knownFields(billFields(bill)),
  });
}

function billFields(usage: Usage): BillFields {
  const { costUsd, isByok, upstreamUsd, upstreamPromptUsd, upstreamCompletionUsd } = usage;
  const { toolsUsd, cacheDiscountUsd } = usage;
  return {
    costUsd,
    isByok,
    upstreamUsd,
    upstreamPromptUsd,
    upstreamCompletionUsd,
    toolsUsd,
    cacheDiscountUsd,
  };
}

/** True when somebody is owed something by it. */
function isBill({ costUsd, upstreamUsd }: Usage): boolean {
  return [costUsd, upstreamUsd].some(text => /[1-9]/.test(text ?? '') && !text?.startsWith('-'));
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
