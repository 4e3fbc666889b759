export interface Provider {
  readonly name: string;
  readonly slug: string;
  /** Aborting a stream stops generation and billing at once; else the full answer is billed. */
  readonly stopsOnAbort: boolean;
  /** Stores or trains on prompts: excluded by `data_collection: "deny"` and by zero retention. */
  readonly keepsPrompts: boolean;
}

const provider = (name: string, slug: string, stopsOnAbort: boolean, keepsPrompts = false): Provider => ({
  name,
  slug,
  stopsOnAbort,
  keepsPrompts,
});

/** https://openrouter.ai/docs/api/reference/streaming lists who supports stream cancellation. */
export const providers: readonly Provider[] = [
  provider('OpenAI', 'openai', true),
  provider('Azure', 'azure', true),
  provider('Anthropic', 'anthropic', true),
  provider('Fireworks', 'fireworks', true),
  provider('DeepInfra', 'deepinfra', true),
  provider('Together', 'together', true),
  provider('Novita', 'novita', true),
  provider('Cohere', 'cohere', true),
  provider('xAI', 'xai', true),
  provider('DeepSeek', 'deepseek', true, true),
  provider('Chutes', 'chutes', true, true),
  provider('Amazon Bedrock', 'amazon-bedrock', false),
  provider('Google', 'google-vertex', false),
  provider('Google AI Studio', 'google-ai-studio', false),
  provider('Groq', 'groq', false),
  provider('Mistral', 'mistral', false),
  provider('Perplexity', 'perplexity', false),
  provider('Alibaba', 'alibaba', false),
  provider('Minimax', 'minimax', false),
  provider('SambaNova', 'sambanova', false),
  provider('Moonshot AI', 'moonshotai', false, true),
  provider('Z.AI', 'z-ai', false),
];

export function providerNamed(name: string): Provider {
  const known = providers.find(candidate => candidate.name === name);
  return known ?? provider(name, name.toLowerCase().replace(/[^a-z0-9]+/g, '-'), false);
}

/** `google-vertex` also matches `google-vertex/europe`; display names are accepted as the real router does. */
export function matchesSlug(name: string, wanted: string): boolean {
  const { slug } = providerNamed(name);
  return wanted === slug || wanted.startsWith(`${slug}/`) || wanted.toLowerCase() === name.toLowerCase();
}
