import { toCatalogueModel } from './row';
import type { CatalogueModel, WireOverride } from './wireModel';

const base = { created: 1_790_000_000, context: 200_000, maxOutput: 8192, tokenizer: 'Other' };
const dayMinutes = 24 * 60;

/** HHMM as a number, `minutes` after `atMs`, UTC. */
function clock(atMs: number, minutes: number): number {
  const at = new Date(atMs);
  const minute = (at.getUTCHours() * 60 + at.getUTCMinutes() + minutes + dayMinutes) % dayMinutes;
  return Math.floor(minute / 60) * 100 + (minute % 60);
}

const dearer = (factor: number): { readonly prompt: string; readonly completion: string } => ({
  prompt: `0.00000${factor}`,
  completion: `0.00000${2 * factor}`,
});

/**
 * Models that cost more than their row of the list says, each in a way of its own: by who serves, by tier, by the length
 * of the prompt, by the time of the day (around `nowMs`), per request, by reasoning.
 */
export function dearModels(nowMs: number): readonly CatalogueModel[] {
  const listed = { prompt: '0.000001', completion: '0.000002' };
  const model = (
    name: string,
    more: Omit<Parameters<typeof toCatalogueModel>[0], keyof typeof base | 'id' | 'name' | 'about'>,
  ) =>
    toCatalogueModel({
      ...base,
      id: `dear/${name}`,
      name: `Dear: ${name}`,
      about: 'Costs more than it says.',
      ...more,
    });
  const window = (fromMinute: number, toMinute: number, factor: number): WireOverride => ({
    utc_start: clock(nowMs, fromMinute),
    utc_end: clock(nowMs, toMinute),
    ...dearer(factor),
  });
  return [
    model('fallbacks', {
      pricing: listed,
      providers: [
        'Fireworks',
        { provider: 'Azure', pricing: dearer(3) },
        { provider: 'Groq', pricing: dearer(9) },
      ],
    }),
    model('tiers', {
      pricing: listed,
      providers: ['OpenAI', 'Google', { provider: 'Azure', pricing: dearer(4) }],
    }),
    model('steps', {
      pricing: { ...listed, overrides: [{ min_prompt_tokens: 200, ...dearer(2) }] },
      providers: [
        'Fireworks',
        { provider: 'Groq', pricing: { overrides: [{ min_prompt_tokens: 100, ...dearer(8) }] } },
      ],
    }),
    model('windows', {
      pricing: { ...listed, overrides: [window(2, 4, 5), window(-3, 1, 3), window(60, 120, 9)] },
      providers: ['Fireworks', { provider: 'Novita', pricing: dearer(6) }],
    }),
    model('per-request', {
      pricing: { ...listed, request: '0.001' },
      providers: ['Perplexity', { provider: 'Cohere', pricing: { request: '0.01' } }],
    }),
    model('reasoning', {
      pricing: { ...listed, internal_reasoning: '0.000007' },
      reasoning: { mandatory: false, default_enabled: true },
      providers: [
        'Fireworks',
        { provider: 'Together', pricing: { ...dearer(2), internal_reasoning: '0.000009' } },
      ],
    }),
    model('cached', {
      pricing: { ...listed, input_cache_read: '0.0000001', input_cache_write: '0.00000125' },
      providers: ['Anthropic', 'DeepInfra'],
    }),
    model('mislisted', {
      pricing: listed,
      providers: [
        { provider: 'Together', pricing: dearer(2) },
        { provider: 'Mistral', pricing: dearer(5) },
      ],
    }),
  ];
}
