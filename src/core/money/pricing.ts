/**
 * Catalogue prices as sent: decimal text, USD per token or unit. `"0"` is free, a negative price means
 * "varies" (routers). An absent field means the catalogue names no such price.
 */
export interface Pricing {
  readonly prompt?: string;
  readonly completion?: string;
  readonly request?: string;
  /** Of one image in the prompt. */
  readonly image?: string;
  /** Of one image in the answer. */
  readonly imageOutput?: string;
  /** Of one token of an image in the prompt. */
  readonly imageToken?: string;
  /** Of one token of sound in the prompt, and in the answer. */
  readonly audio?: string;
  readonly audioOutput?: string;
  readonly inputAudioCache?: string;
  readonly webSearch?: string;
  readonly internalReasoning?: string;
  readonly inputCacheRead?: string;
  /** Kept for 5 minutes. */
  readonly inputCacheWrite?: string;
  readonly inputCacheWrite1h?: string;
  /**
   * The most that a search of the web adds to a request, where the id that is asked for has one done with every
   * request (`:online`). Not the catalogue's: `findModel` knows it.
   */
  readonly searchUsd?: string;
  /** Conditional prices; the last whose conditions all hold wins, field by field. */
  readonly overrides?: readonly PriceOverride[];
}

export interface PriceOverride {
  /** Holds when the prompt has strictly more tokens than this. */
  readonly minPromptTokens?: number;
  /** `HHMM`, UTC. */
  readonly utcStart?: string;
  /** `HHMM`, UTC. */
  readonly utcEnd?: string;
  /** 0 = Sunday. */
  readonly utcDays?: readonly number[];
  /** True when the server named a condition we do not know: such an override counts in a worst case only. */
  readonly hasUnknownCondition?: boolean;
  readonly pricing: Omit<Pricing, 'overrides'>;
}

/** Prices of a model as far as they are at hand; undefined when it is not in the catalogue. Asks no server. */
export type FindPricing = (model: string) => Promise<Pricing | undefined>;
