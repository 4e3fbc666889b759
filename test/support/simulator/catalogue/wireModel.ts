/** One row of `GET /models` as it is on the wire. Prices: decimal text, USD per token or unit. */
export interface WireModel {
  readonly id: string;
  readonly canonical_slug: string;
  readonly hugging_face_id: string | null;
  readonly name: string;
  readonly created: number;
  readonly description: string;
  readonly context_length: number | null;
  readonly architecture: {
    readonly modality: string;
    readonly input_modalities: readonly string[];
    readonly output_modalities: readonly string[];
    readonly tokenizer: string;
    readonly instruct_type: string | null;
  };
  readonly pricing: WirePricing;
  readonly top_provider: {
    readonly context_length: number | null;
    readonly max_completion_tokens: number | null;
    readonly is_moderated: boolean;
  };
  readonly per_request_limits: null;
  readonly supported_parameters: readonly string[];
  readonly default_parameters: Readonly<Record<string, number | null>> | null;
  readonly supported_voices: null;
  readonly knowledge_cutoff: string | null;
  readonly expiration_date: string | null;
  readonly reasoning?: WireReasoning;
  readonly benchmarks?: WireBenchmarks;
  readonly alias_target?: { readonly name: string; readonly slug: string };
  readonly links: { readonly details: string };
}

export interface WirePrices {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string;
  /** Per image in the prompt. */
  readonly image?: string;
  /** Per image in the answer. */
  readonly image_output?: string;
  readonly web_search?: string;
  readonly internal_reasoning?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
  readonly input_cache_write_1h?: string;
}

export interface WirePricing extends WirePrices {
  readonly overrides?: readonly WireOverride[];
}

export interface WireOverride extends Partial<WirePrices> {
  /** Holds for prompts of strictly more tokens. */
  readonly min_prompt_tokens?: number;
  /** HHMM as a number: 30 is 00:30. */
  readonly utc_start?: number;
  /** HHMM as a number, exclusive; before the start: over midnight. */
  readonly utc_end?: number;
  /** `monday` … `sunday`. */
  readonly utc_days?: readonly string[];
}

export interface WireBenchmarks {
  readonly artificial_analysis?: Readonly<
    Record<'intelligence_index' | 'coding_index' | 'agentic_index', number | null>
  >;
  readonly design_arena: readonly {
    readonly arena: string;
    readonly category: string;
    readonly elo: number;
    readonly win_rate: number;
    readonly rank: number;
  }[];
}

export interface WireReasoning {
  readonly mandatory: boolean;
  readonly default_enabled?: boolean;
  readonly supported_efforts?: readonly string[] | null;
  readonly default_effort?: string;
  readonly supports_max_tokens?: boolean;
}

/** A model and who serves it, first choice first. */
export interface CatalogueModel {
  readonly wire: WireModel;
  readonly endpoints: readonly Endpoint[];
}

/** One provider's offer of a model. */
export interface Endpoint {
  /** Display name, as in {@link import('./providers').providers}. */
  readonly provider: string;
  /** For `provider.order`: the provider's slug, and behind a slash which of its variants. */
  readonly tag: string;
  readonly pricing: WirePricing;
  readonly context: number;
  readonly maxOutput: number | null;
  readonly quantization: string | null;
}
