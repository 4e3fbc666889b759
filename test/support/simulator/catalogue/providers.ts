import { type CachePolicy, cachePolicies } from './cachePolicies';

export interface Provider {
  readonly name: string;
  readonly slug: string;
  /** Aborting a stream stops generation and billing at once; else the full answer is billed. */
  readonly stopsOnAbort: boolean;
  /** Stores or trains on prompts: excluded by `data_collection: "deny"` and by zero retention. */
  readonly keepsPrompts: boolean;
  readonly cache: CachePolicy;
  /** Which service tiers it has beside the ordinary one. */
  readonly tiers: readonly ServiceTier[];
  /** Country code. */
  readonly country: string;
  readonly tokensPerSecond: number;
  /** To the first token. */
  readonly latencyMs: number;
}

export type ServiceTier = 'flex' | 'priority';

/** Percent of the listed price. */
export const tierPercent: Readonly<Record<ServiceTier, number>> = { flex: 50, priority: 200 };

type More = Partial<Omit<Provider, 'name' | 'slug' | 'stopsOnAbort'>>;

const provider = (name: string, slug: string, stopsOnAbort: boolean, more: More = {}): Provider => ({
  name,
  slug,
  stopsOnAbort,
  keepsPrompts: false,
  cache: cachePolicies.none,
  tiers: [],
  country: 'US',
  tokensPerSecond: 60,
  latencyMs: 700,
  ...more,
});

const { openai, anthropic, deepseek, google, crowded } = cachePolicies;
const tiers = ['flex', 'priority'] as const;

/** https://openrouter.ai/docs/api/reference/streaming lists who supports stream cancellation. */
export const providers: readonly Provider[] = [
  provider('OpenAI', 'openai', true, { cache: openai, tiers, tokensPerSecond: 75 }),
  provider('Azure', 'azure', true, { cache: openai, tokensPerSecond: 80 }),
  provider('Anthropic', 'anthropic', true, { cache: anthropic, latencyMs: 1100 }),
  provider('Fireworks', 'fireworks', true, { cache: openai, tokensPerSecond: 110, latencyMs: 400 }),
  provider('DeepInfra', 'deepinfra', true, { cache: openai, tokensPerSecond: 45 }),
  provider('Together', 'together', true, { tokensPerSecond: 90 }),
  provider('Novita', 'novita', true, { cache: crowded, tokensPerSecond: 40 }),
  provider('Cohere', 'cohere', true, { country: 'CA' }),
  provider('xAI', 'xai', true, { cache: crowded, tokensPerSecond: 70 }),
  provider('DeepSeek', 'deepseek', true, { cache: deepseek, keepsPrompts: true, country: 'CN' }),
  provider('Chutes', 'chutes', true, { keepsPrompts: true }),
  provider('Amazon Bedrock', 'amazon-bedrock', false, { cache: anthropic, tiers: ['priority'] }),
  provider('Google', 'google-vertex', false, { cache: google, tiers, tokensPerSecond: 85 }),
  provider('Google AI Studio', 'google-ai-studio', false, { cache: google, tokensPerSecond: 95 }),
  provider('Groq', 'groq', false, { cache: openai, tokensPerSecond: 300, latencyMs: 250 }),
  provider('Mistral', 'mistral', false, { country: 'FR' }),
  provider('Perplexity', 'perplexity', false),
  provider('Alibaba', 'alibaba', false, { cache: deepseek, country: 'CN' }),
  provider('Minimax', 'minimax', false, { country: 'CN' }),
  provider('SambaNova', 'sambanova', false, { tokensPerSecond: 250, latencyMs: 300 }),
  provider('Moonshot AI', 'moonshotai', false, { cache: crowded, keepsPrompts: true, country: 'CN' }),
  provider('Z.AI', 'z-ai', false, { cache: crowded, country: 'CN' }),
];

const byName = new Map(providers.map(known => [known.name, known]));

export const providerNamed = (name: string): Provider =>
  byName.get(name) ?? provider(name, name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), false);
