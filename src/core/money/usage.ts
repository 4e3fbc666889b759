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
}
