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
}
