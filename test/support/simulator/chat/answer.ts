export interface ToolCall {
  readonly name: string;
  /** JSON text, sent in pieces. */
  readonly arguments: string;
}

/** What the model says, before it is cut to `max_tokens`. */
export interface Answer {
  readonly content: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  readonly refusal?: string;
  /** Data URLs. */
  readonly images?: readonly string[];
  readonly citations?: readonly { readonly url: string; readonly title?: string }[];
  /** In place of `stop`, `length` or `tool_calls`. */
  readonly finishReason?: string;
  /** `content` is null wherever it would be empty, and in every second delta. */
  readonly nullContent?: boolean;
  /** Percent of the prompt that came from the provider's cache. */
  readonly cachedPercent?: number;
  readonly isByok?: boolean;
  /** By a server tool. */
  readonly webSearches?: number;
  /** What was done to the request or the answer on the way, as `openrouter_metadata` tells it. */
  readonly stages?: readonly Stage[];
}

export interface Stage {
  readonly type: 'guardrail' | 'plugin' | 'server_tools' | 'response_healing' | 'context_compression';
  readonly name: string;
  readonly summary: string;
  /** Billed on top of the tokens. */
  readonly costUsd?: string;
  readonly guardrailId?: string;
}
