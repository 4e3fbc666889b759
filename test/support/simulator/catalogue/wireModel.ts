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
  readonly alias_target?: { readonly name: string; readonly slug: string };
  readonly links: { readonly details: string };
}

export interface WirePrices {
  readonly prompt: string;
  readonly completion: string;
  readonly request?: string;
  readonly image?: string;
  readonly web_search?: string;
  readonly internal_reasoning?: string;
  readonly input_cache_read?: string;
  readonly input_cache_write?: string;
}

export interface WirePricing extends WirePrices {
  readonly overrides?: readonly WireOverride[];
}

export interface WireOverride extends Partial<WirePrices> {
  /** Holds for prompts of strictly more tokens. */
  readonly min_prompt_tokens?: number;
  /** `HHMM`. */
  readonly utc_start?: string;
  /** `HHMM`. */
  readonly utc_end?: string;
  /** 0 = Sunday. */
  readonly utc_days?: readonly number[];
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
  /** Display names, as in {@link import('./providers').providers}. */
  readonly providers: readonly string[];
}
