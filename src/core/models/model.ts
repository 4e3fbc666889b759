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
}

/** What one provider asks for a model. */
export interface ModelEndpoint {
  /** Display name. */
  readonly provider?: string;
  /** The provider's slug, and behind a slash its variant: a region, a service tier, a quantization. */
  readonly tag?: string;
  readonly pricing: Pricing;
  /** How the weights are stored, such as `fp8`. */
  readonly quantization?: string;
  /** By their names on the wire; undefined when it does not say. */
  readonly supportedParameters?: readonly string[];
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

/** OpenRouter's list of models. Needs no key. */
export interface Catalogue {
  /** The models that can answer; `onSkip` hears of every row that was left out. */
  list(signal: AbortSignal, onSkip?: (row: SkippedRow) => void): Promise<Result<readonly Model[]>>;
  /** Who serves a row of the list, at what price. */
  endpoints(id: string, signal: AbortSignal): Promise<Result<readonly ModelEndpoint[]>>;
  /** Every endpoint, of all models, that is left under zero data retention. */
  zeroRetention(signal: AbortSignal): Promise<Result<readonly ZeroRetentionEndpoint[]>>;
}
