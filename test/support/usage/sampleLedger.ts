import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { addDays } from '../../../src/core/ledger/localDays';
import type { CostState } from '../../../src/core/money/cost';
import type { Pricing } from '../../../src/core/money/pricing';
import { createMemoryLedgerParts } from '../ledger/memoryLedger';

interface SampleModel {
  readonly id: string;
  readonly providers: readonly string[];
  /** 10⁻¹² USD per token. */
  readonly input: number;
  readonly output: number;
}

const models: readonly SampleModel[] = [
  {
    id: 'anthropic/claude-sonnet-4.5',
    providers: ['Anthropic', 'Amazon Bedrock'],
    input: 3_000_000,
    output: 15_000_000,
  },
  { id: 'openai/gpt-5-mini', providers: ['OpenAI', 'Azure'], input: 250_000, output: 2_000_000 },
  { id: 'google/gemini-2.5-flash', providers: ['Google'], input: 300_000, output: 2_500_000 },
  { id: 'deepseek/deepseek-chat-v3.1', providers: ['DeepInfra', 'Novita'], input: 200_000, output: 800_000 },
  { id: 'qwen/qwen3-coder:free', providers: ['Chutes'], input: 0, output: 0 },
];
const actions = ['explain', 'fix', 'refactor', 'tests', 'document', 'ask'];
const workspaces = ['shop', 'invoices', undefined];
const languages = ['typescript', 'python', 'rust', undefined];

export const sampleModelIds = models.map(({ id }) => id);

/** Catalogue prices of the sample's models. */
export function samplePricing(id: string): Pricing | undefined {
  const model = models.find(known => known.id === id);
  if (!model) return undefined;
  const usd = (pico: number) => (pico / 1e12).toFixed(12);
  return { prompt: usd(model.input), completion: usd(model.output), inputCacheRead: usd(model.input / 10) };
}

/** A row like any other; `index` decides everything about it. */
export function sampleEntry(index: number, startedAt: number): LedgerEntry {
  const random = randomOf(index + 1);
  const model = pick(models, random() ** 1.6);
  const promptTokens = 200 + Math.floor(random() ** 3 * 24_000);
  const completionTokens = 40 + Math.floor(random() ** 2 * 2600);
  const cachedTokens = random() < 0.25 ? Math.floor(promptTokens * 0.6) : 0;
  const ending = endingOf(random());
  const costPico = BigInt(
    Math.round((promptTokens - 0.9 * cachedTokens) * model.input + completionTokens * model.output),
  );
  const isKnown = ending.costState !== 'pending' && ending.costState !== 'unknown';
  const durationMs = 900 + Math.floor(random() * 24_000);
  return {
    id: sampleId(index),
    startedAt,
    endedAt: startedAt + durationMs,
    origin: 'command',
    action: pick(actions, random()),
    workspace: pick(workspaces, random()),
    languageId: pick(languages, random()),
    requestedModel: model.id,
    servedModel: model.id,
    provider: pick(model.providers, random()),
    generationId: `gen-${1_750_000_000 + index}-${sampleId(index).slice(-12)}`,
    maxTokens: 4096,
    finishReason: ending.outcome === 'completed' ? 'stop' : undefined,
    nativeFinishReason: ending.outcome === 'completed' ? 'end_turn' : undefined,
    promptTokens,
    cachedTokens,
    completionTokens,
    reasoningTokens: Math.floor(completionTokens * 0.3),
    costPico: isKnown ? costPico : undefined,
    outcome: ending.outcome,
    costState: isKnown && costPico === 0n ? 'free' : ending.costState,
    ttftMs: 300 + Math.floor(random() * 900),
    durationMs,
  };
}

export const sampleId = (index: number): string => `01J${index.toString().padStart(23, '0')}`;

/** A ledger with requests on `days` days up to `nowMs`, fewer at weekends; always the same one. */
export async function sampleLedger(days: number, nowMs: number): Promise<LedgerParts> {
  const parts = createMemoryLedgerParts();
  let index = 0;
  for (let day = days - 1; day >= 0; day -= 1) {
    const midnight = addDays(nowMs, -day);
    const random = randomOf(day + 77);
    const isWeekend = [0, 6].includes(new Date(midnight).getDay());
    const count = isWeekend ? Math.floor(random() * 3) : 2 + Math.floor(random() * 9);
    for (let nth = 0; nth < count; nth += 1) {
      const startedAt = midnight + 8 * 3_600_000 + Math.floor(((nth + random()) / count) * 8 * 3_600_000);
      if (startedAt < nowMs) await parts.store.put(sampleEntry(index++, startedAt));
    }
  }
  return parts;
}

function endingOf(chance: number): {
  readonly outcome: LedgerEntry['outcome'];
  readonly costState: CostState;
} {
  if (chance < 0.88) return { outcome: 'completed', costState: 'billed' };
  if (chance < 0.92) return { outcome: 'cancelled', costState: 'settled' };
  if (chance < 0.95) return { outcome: 'truncated', costState: 'billed' };
  if (chance < 0.97) return { outcome: 'interrupted', costState: 'estimated' };
  if (chance < 0.985) return { outcome: 'failed', costState: 'unknown' };
  return { outcome: 'cancelled', costState: 'pending' };
}

function pick<T>(values: readonly T[], chance: number): T {
  const value = values[Math.min(values.length - 1, Math.floor(chance * values.length))];
  return value as T;
}

/** The same row of numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
