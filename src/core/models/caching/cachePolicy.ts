const minuteMs = 60_000;

/** What a provider says of its prompt cache. */
export interface CachePolicy {
  /** How long a prefix is kept after its last use, at the least; undefined: nobody says. */
  readonly warmMs?: number;
  /** After so long it is gone; undefined: nobody says. */
  readonly coldMs?: number;
  /** Shorter prompts are not cached. */
  readonly leastTokens: number;
  /** Only whole steps of so many tokens are read; undefined: nobody says. */
  readonly stepTokens?: number;
  /** Only what a request marks with `cache_control` is kept, and writing it costs more than plain input. */
  readonly needsMark: boolean;
}

/** A saving on fewer tokens is not worth a word, whatever the provider keeps. */
const leastOfAll = 1024;
/** OpenRouter sends a session to the same provider for so long after its last request. */
const stickyMs = 10 * minuteMs;

const unknownPolicy: CachePolicy = { leastTokens: leastOfAll, needsMark: false };
const openai: CachePolicy = {
  ...unknownPolicy,
  warmMs: 5 * minuteMs,
  coldMs: 60 * minuteMs,
  stepTokens: 128,
};
const deepseek: CachePolicy = { ...unknownPolicy, warmMs: stickyMs, stepTokens: 64 };
const gemini: CachePolicy = { ...unknownPolicy, warmMs: 3 * minuteMs, stepTokens: 1 };
const marked: CachePolicy = {
  ...unknownPolicy,
  warmMs: 5 * minuteMs,
  coldMs: 5 * minuteMs,
  stepTokens: 1,
  needsMark: true,
};

/** By the provider that served. Only what is documented: the others' habits are learnt from the ledger. */
const byProvider: Readonly<Record<string, CachePolicy>> = {
  OpenAI: openai,
  Azure: openai,
  DeepSeek: deepseek,
};

/** The first that fits the model's id. Of these models every provider caches alike. */
const byModel: readonly (readonly [RegExp, CachePolicy])[] = [
  [/^~?anthropic\/claude-.*(opus-4[.-][5-9]|haiku-4[.-]5)/, { ...marked, leastTokens: 4096 }],
  [/^~?anthropic\/claude-.*(sonnet-4[.-]6|haiku)/, { ...marked, leastTokens: 2048 }],
  [/^~?anthropic\//, marked],
  [/^~?google\/gemini-.*\b(1[.]\d|2[.]0)/, { ...marked, leastTokens: 4096 }],
  [/^~?google\/gemini-.*pro/, { ...gemini, leastTokens: 4096 }],
  [/^~?google\/gemini-/, gemini],
  // Alibaba keeps only what is marked; the models that it keeps nothing of have no price for writing.
  [/^~?qwen\//, marked],
];

/** What is known of the cache of `model` at `provider` before anything was learnt from the ledger. */
export function cachePolicy(model: string, provider: string | undefined): CachePolicy {
  const ofModel = byModel.find(([pattern]) => pattern.test(model))?.[1];
  return ofModel ?? byProvider[provider ?? ''] ?? unknownPolicy;
}

/** Whose habits are the same: the models of one maker at one provider. */
export function cacheName(model: string, provider: string): string {
  return `${provider} ${model.replace(/^~/, '').split('/', 1)[0]}`;
}
