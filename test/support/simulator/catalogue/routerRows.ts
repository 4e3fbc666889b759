import type { Row } from './row';

/** Models that only choose other models: no price of their own, or none at all. */
export const routerRows: readonly Row[] = [
  {
    id: 'openrouter/auto',
    name: 'Auto Router',
    created: 1699401600,
    about: 'Your prompt is routed to the model that suits it best; you pay that model’s price.',
    context: 2000000,
    providerContext: null,
    maxOutput: null,
    pricing: { prompt: '-1', completion: '-1' },
    inputs: ['text', 'image', 'audio', 'file', 'video'],
    outputs: ['text', 'image'],
    tokenizer: 'Router',
    providers: [],
  },
  {
    id: 'openrouter/free',
    name: 'Free Models Router',
    created: 1769917427,
    about: 'Picks one of the free models that can serve the request.',
    context: 200000,
    providerContext: null,
    maxOutput: null,
    pricing: { prompt: '0', completion: '0' },
    inputs: ['text', 'image'],
    tokenizer: 'Router',
    providers: [],
  },
];
