import type { CostPartKind } from '../money/costPart';

/** What each part of a bill is called. */
export const costPartLabels: Readonly<Record<CostPartKind, string>> = {
  input: 'Input',
  cacheRead: 'Read from the cache',
  cacheWrite: 'Written to the cache',
  output: 'Output',
  reasoning: 'Reasoning',
  request: 'Per request',
  images: 'Images',
  longPrompt: 'Long prompt',
  timeWindow: 'Time of day',
  tier: 'Service tier',
  providerDrift: "Provider's own price",
  tools: 'Tools and files',
  byokFee: 'Fee for your own key (BYOK)',
  notExplained: 'Not explained',
};

/** Each part within a sentence, after "is" or "because of". */
export const costPartNames: Readonly<Record<CostPartKind, string>> = {
  input: 'input',
  cacheRead: 'input read from the cache',
  cacheWrite: 'input written to the cache',
  output: 'output',
  reasoning: 'reasoning',
  request: 'the price per request',
  images: 'images',
  longPrompt: 'the higher price of long prompts',
  timeWindow: 'the price at this time of day',
  tier: 'the service tier',
  providerDrift: "the provider's own price, which is not the listed one",
  tools: 'tools and files',
  byokFee: "OpenRouter's fee for your own provider key",
  notExplained: 'something that no price or figure explains',
};
