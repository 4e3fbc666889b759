/**
 * Providers that stop generating, and billing, when a stream is aborted, and those that bill the whole answer
 * all the same. As OpenRouter lists them: https://openrouter.ai/docs/api-reference/streaming#stream-cancellation
 */
const stopping = [
  'OpenAI',
  'Azure',
  'Anthropic',
  'Fireworks',
  'Mancer',
  'Recursal',
  'AnyScale',
  'Lepton',
  'OctoAI',
  'Novita',
  'DeepInfra',
  'Together',
  'Cohere',
  'Hyperbolic',
  'Infermatic',
  'Avian',
  'xAI',
  'Cloudflare',
  'SFCompute',
  'Nineteen',
  'Liquid',
  'Friendli',
  'Chutes',
  'DeepSeek',
];
const billingOn = [
  'AWS Bedrock',
  'Amazon Bedrock',
  'Groq',
  'Modal',
  'Google',
  'Google Vertex',
  'Google AI Studio',
  'Minimax',
  'HuggingFace',
  'Replicate',
  'Perplexity',
  'Mistral',
  'AI21',
  'Featherless',
  'Lynn',
  'Lambda',
  'Reflection',
  'SambaNova',
  'Inflection',
  'ZeroOneAI',
  'AionLabs',
  'Alibaba',
  'Nebius',
  'Kluster',
  'Targon',
  'InferenceNet',
];

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const known = new Map([
  ...stopping.map(name => [plain(name), true] as const),
  ...billingOn.map(name => [plain(name), false] as const),
]);

/** Whether `provider` (display name) stops billing when a request is stopped; undefined when nobody says. */
export function stopsBilling(provider: string | undefined): boolean | undefined {
  return provider === undefined ? undefined : known.get(plain(provider));
}
