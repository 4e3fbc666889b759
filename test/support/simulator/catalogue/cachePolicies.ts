/** How a provider caches prompts. Prices for it are in the endpoint's price list. */
export interface CachePolicy {
  /** Only what the request marks is cached, and writing costs; else everything is, for nothing. */
  readonly isExplicit: boolean;
  /** How long a prefix stays warm; 0: not at all. */
  readonly ttlMs: number;
  /** Reading a prefix makes its time begin anew. */
  readonly isRefreshedByReading: boolean;
  /** Shorter prefixes are not cached. */
  readonly leastTokens: number;
  /** Only whole steps are read. */
  readonly stepTokens: number;
  /** Of prefixes per model; the one used longest ago is evicted. */
  readonly capacity: number;
}

const minuteMs = 60_000;
const implicit: CachePolicy = {
  isExplicit: false,
  ttlMs: 5 * minuteMs,
  isRefreshedByReading: true,
  leastTokens: 1024,
  stepTokens: 128,
  capacity: 10_000,
};

export const cachePolicies = {
  none: { ...implicit, ttlMs: 0 },
  openai: implicit,
  anthropic: { ...implicit, isExplicit: true, stepTokens: 1 },
  deepseek: { ...implicit, ttlMs: 120 * minuteMs, leastTokens: 64, stepTokens: 64 },
  google: { ...implicit, ttlMs: 3 * minuteMs, isRefreshedByReading: false, stepTokens: 1 },
  /** Room for few prefixes. */
  crowded: { ...implicit, ttlMs: 10 * minuteMs, capacity: 4 },
} satisfies Readonly<Record<string, CachePolicy>>;
