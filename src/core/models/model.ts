import type { Result } from '../chat/result';
import type { Pricing } from '../money/pricing';

/** One row of OpenRouter's catalogue, reduced to what we show or count with. */
export interface Model {
  /** What goes into requests, e.g. `anthropic/claude-sonnet-4.5`. */
  readonly id: string;
  readonly name: string;
  /** Permanent dated id, which answers may name instead of `id`. */
  readonly canonicalSlug?: string;
  /** Epoch seconds. */
  readonly createdAtSeconds?: number;
  readonly description?: string;
  /** The smaller of the model's and its top provider's context, in tokens. */
  readonly contextTokens?: number;
  readonly maxCompletionTokens?: number;
  readonly pricing: Pricing;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly supportedParameters: readonly string[];
  /** `YYYY-MM-DD` when the model will be removed. */
  readonly expirationDate?: string;
  /** The server's tokenizer family name, for estimates. */
  readonly tokenizer?: string;
  /** Such as `text+image->text`. */
  readonly modality?: string;
  /** Undefined for models that do not reason, and for routers. */
  readonly reasoning?: ModelReasoning;
  /** By their names on the wire: what the model uses when a request says nothing. */
  readonly defaultParameters?: Readonly<Record<string, number>>;
  readonly benchmarks?: ModelBenchmarks;
  readonly huggingFaceId?: string;
  /** `YYYY-MM-DD`, or a part of it: what came later the model has not read. */
  readonly knowledgeCutoff?: string;
  /** Prompts pass a moderation of the provider's first. */
  readonly isModerated?: boolean;
}

/** How a model reasons, and what of it can be chosen. */
export interface ModelReasoning {
  /** It cannot be switched off. */
  readonly isMandatory: boolean;
  readonly isDefaultOn?: boolean;
  /** Highest first; `any` effort goes, or, when undefined, none can be chosen. */
  readonly efforts?: readonly string[] | 'any';
  readonly defaultEffort?: string;
  /** A budget of reasoning tokens may be given. */
  readonly takesMaxTokens?: boolean;
}

/** How good others have found a model. A figure that is not known is undefined, never 0. */
export interface ModelBenchmarks {
  /** Of Artificial Analysis, 0 to 100. */
  readonly intelligenceIndex?: number;
  readonly codingIndex?: number;
  readonly agenticIndex?: number;
  /** Of Design Arena. */
  readonly designArena?: readonly ArenaScore[];
}

export interface ArenaScore {
  readonly arena: string;
  readonly category: string;
  readonly elo: number;
  /** In percent. */
  readonly winRate?: number;
  /** 1 is the best of the models listed. */
  readonly rank?: number;
}

/** What one provider asks for a model. */
export interface ModelEndpoint {
  /** Display name. */
  readonly provider?: string;
  /** The provider's slug, and behind a slash its variant: a region, a service tier, a quantization. */
  readonly tag?: string;
  readonly pricing: Pricing;
  /** The service tier that it sells, such as `flex`; undefined for the standard one. */
  readonly serviceTier?: string;
  /** How the weights are stored, such as `fp8`. */
  readonly quantization?: string;
  /** By their names on the wire; undefined when it does not say. */
  readonly supportedParameters?: readonly string[];
  readonly live?: EndpointFigures;
}

/** How an endpoint did lately; what is not told is undefined. */
export interface EndpointFigures {
  readonly contextTokens?: number;
  /** Over the last day. */
  readonly uptimePercent?: number;
  /** Until the first token, half of the requests of the last half hour. */
  readonly latencyMs?: number;
  readonly tokensPerSecond?: number;
}

/** An endpoint that keeps nothing of what it is sent. */
export interface ZeroRetentionEndpoint {
  /** The model's dated slug, without a suffix. */
  readonly model: string;
  /** Display name. */
  readonly provider?: string;
  readonly tag?: string;
}

/** A row of the list of models that is not offered, and why, as a clause. */
export interface SkippedRow {
  /** Undefined when it has none that can be told. */
  readonly id?: string;
  readonly reason: string;
}

/** Which models of the list: those that this account may use, that keep nothing, or that stay within a region. */
export type ModelSelection = 'account' | 'zeroRetention' | 'eu' | 'us';

/** Parameters and a model under one name, kept at OpenRouter. It is asked for as `@preset/slug`. */
export interface Preset {
  readonly slug: string;
  readonly name?: string;
}

/** OpenRouter's list of models. Needs no key. */
export interface Catalogue {
  /** The models that can answer; `onSkip` hears of every row that was left out. */
  list(signal: AbortSignal, onSkip?: (row: SkippedRow) => void): Promise<Result<readonly Model[]>>;
  /** The ids of the models of which more holds than that they are listed. */
  idsOf(selection: ModelSelection, signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** The presets of the account that has the key. */
  presets(signal: AbortSignal): Promise<Result<readonly Preset[]>>;
  /** Who serves a row of the list, at what price. */
  endpoints(id: string, signal: AbortSignal): Promise<Result<readonly ModelEndpoint[]>>;
  /** Every endpoint, of all models, that is left under zero data retention. */
  zeroRetention(signal: AbortSignal): Promise<Result<readonly ZeroRetentionEndpoint[]>>;
}
