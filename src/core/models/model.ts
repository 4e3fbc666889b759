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

/** OpenRouter's list of models. Needs no key. */
export interface Catalogue {
  list(signal: AbortSignal): Promise<Result<readonly Model[]>>;
}
