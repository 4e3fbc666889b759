import { readFileSync } from 'node:fs';
import type { WhatIfAnswer } from '../../../src/app/usage/whatIfReading';
import { readWhatIf } from '../../../src/app/usage/whatIfReading';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { Period } from '../../../src/core/ledger/period';
import type { Model } from '../../../src/core/models/model';
import { findModel } from '../../../src/core/models/modelId';
import { tokenizerFamily } from '../../../src/core/models/tokenizerFamily';
import { estimatePromptTokens, estimatorVersion } from '../../../src/core/money/estimate';
import { builtInActions, systemPrompt } from '../../../src/core/prompts/actions';
import type { WhatIfRoute } from '../../../src/core/usage/whatIf/routePrices';
import { openRouter } from '../../../src/openrouter/openRouter';
import type { WhatIfChoice } from '../../../src/protocol/whatIfState';
import { Random } from '../../unit/ledger/random';
import { createMemoryLedgerParts } from '../ledger/memoryLedger';
import { type BillEntry, type Simulator, startSimulator } from '../simulator';

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** A request as it was sent, whatever model got it. */
export interface Question {
  readonly atMs: number;
  readonly action: string;
  readonly model: string;
  readonly messages: readonly Message[];
}

const dayMs = 86_400_000;
const signal = new AbortController().signal;
const noAttribution = { referer: '', title: '' };

/** Requests of a user over some weeks, asked of a simulator, whose bill is the ledger; and the same asked of others. */
export class AskedWorld {
  readonly questions: Question[] = [];
  ledger: LedgerParts = createMemoryLedgerParts();
  private clockMs = 0;
  private models: readonly Model[] = [];

  private constructor(
    private readonly simulator: Simulator,
    private readonly random: Random,
  ) {}

  static async create(seed: number): Promise<AskedWorld> {
    const clock = { world: undefined as AskedWorld | undefined };
    const simulator = await startSimulator({ now: () => clock.world?.clockMs ?? 0 });
    const world = new AskedWorld(simulator, new Random(seed));
    clock.world = world;
    const models = await openRouter.catalogue(world.endpoint).list(signal);
    if (models.ok) world.models = models.value;
    return world;
  }

  /** Asks `count` questions, of `models` by their weight, within `days` days from `fromMs`; some follow others. */
  async ask(
    count: number,
    models: Readonly<Record<string, number>>,
    fromMs: number,
    days: number,
  ): Promise<void> {
    const code = readFileSync('src/core/money/priceBound.ts', 'utf8').split('\n');
    let atMs = fromMs;
    while (this.questions.length < count) {
      atMs += Math.floor(this.random.next() * 2 * ((days * dayMs) / count));
      const action = builtInActions[this.random.below(builtInActions.length)] ?? builtInActions[0];
      const model = this.weighted(models);
      let messages: readonly Message[] = [
        { role: 'system', content: systemPrompt },
        { role: 'user', content: this.promptOf(action, code) },
      ];
      for (let isFirst = true; isFirst || this.random.chance(0.3); isFirst = false) {
        if (this.questions.length >= count) break;
        const question = { atMs, action: action.id, model, messages };
        this.questions.push(question);
        const answer = await this.record(question);
        atMs += 30_000 + this.random.below(120_000);
        const followUp = {
          role: 'user',
          content: `Explain that again, more briefly: ${this.words(code)}`,
        } as const;
        messages = [...messages, { role: 'assistant', content: answer }, followUp];
      }
    }
  }

  /** What the simulator bills for every question when `model` gets it. */
  async billOf(model: string, serviceTier?: string): Promise<readonly BillEntry[]> {
    const entries: BillEntry[] = [];
    for (const { atMs, messages } of this.questions) {
      this.clockMs = atMs;
      const body = { ...bodyOf(model, messages), ...(serviceTier && { service_tier: serviceTier }) };
      entries.push((await this.send(body, `sk-or-v1-uncapped-${model}-${serviceTier}`)).entry);
    }
    return entries;
  }

  /** The ledger without requests to models that `isLeftOut` names. */
  async without(isLeftOut: (model: string) => boolean): Promise<LedgerParts> {
    const parts = createMemoryLedgerParts();
    for await (const row of this.ledger.queries.allRows({}))
      if (!isLeftOut(row.requestedModel)) await parts.store.put(row);
    return parts;
  }

  async whatIf(
    model: string | undefined,
    {
      route = 'listed',
      period = {},
      ledger = this.ledger,
    }: Partial<{ route: WhatIfRoute; period: Period; ledger: LedgerParts }> = {},
  ): Promise<WhatIfAnswer> {
    const choice: WhatIfChoice = { model, route };
    const endpointsOf = async (id: string) => {
      const found = await openRouter.catalogue(this.endpoint).endpoints(id, signal);
      return found.ok ? found.value : undefined;
    };
    const sources = { queries: ledger.queries, endpoints: { endpointsOf }, models: this.models };
    const answer = await readWhatIf(sources, period, choice, signal);
    if ('reason' in answer) throw new Error(answer.reason);
    return answer;
  }

  familyOf(model: string): string {
    return tokenizerFamily(findModel(this.models, model) ?? { id: model });
  }

  dispose(): Promise<void> {
    this.ledger.store.dispose();
    return this.simulator.dispose();
  }

  private get endpoint() {
    const { url: baseUrl, origin } = this.simulator;
    const limits = { noBytesMs: 60_000, noDataMs: 60_000 };
    return { baseUrl, origin, apiKey: 'sk-or-v1-uncapped-user', attribution: noAttribution, ...limits };
  }

  private async record({ atMs, action, model, messages }: Question): Promise<string> {
    this.clockMs = atMs;
    const { entry, text } = await this.send(bodyOf(model, messages), 'sk-or-v1-uncapped-user');
    const { tokens } = entry;
    await this.ledger.store.put({
      ...{ id: entry.generationId, startedAt: atMs, endedAt: atMs, origin: 'command', action },
      ...{ requestedModel: model, servedModel: entry.model, provider: entry.provider, maxTokens: 4096 },
      ...{ outcome: 'completed', costState: 'billed', costPico: entry.costPico },
      ...{ promptTokens: tokens.prompt, cachedTokens: tokens.cached, cacheWriteTokens: tokens.cacheWrite },
      ...{ completionTokens: tokens.completion, reasoningTokens: tokens.reasoning },
      estimatedPromptTokens: estimatePromptTokens(messages, this.familyOf(model)),
      estimator: estimatorVersion,
    });
    return text;
  }

  private async send(
    body: object,
    key: string,
  ): Promise<{ readonly entry: BillEntry; readonly text: string }> {
    const response = await fetch(`${this.simulator.url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    const entry = this.simulator.bill.get(answer.id);
    if (!entry) throw new Error(`No bill: ${JSON.stringify(answer)}`);
    return { entry, text: answer.choices[0].message.content };
  }

  private weighted(models: Readonly<Record<string, number>>): string {
    const all = Object.values(models).reduce((sum, weight) => sum + weight, 0);
    let left = this.random.next() * all;
    for (const [model, weight] of Object.entries(models)) {
      left -= weight;
      if (left < 0) return model;
    }
    return Object.keys(models)[0] ?? '';
  }

  private promptOf(action: (typeof builtInActions)[number], code: readonly string[]): string {
    const lines = 5 + Math.floor(this.random.next() ** 2 * 120);
    const from = this.random.below(Math.max(1, code.length - lines));
    const text = code.slice(from, from + lines).join('\n');
    const instruction = 'instruction' in action ? action.instruction : `Why is this so? ${this.words(code)}`;
    return `${instruction}\n\nFrom src/shop.ts, lines 1–${lines}:\n\`\`\`typescript\n${text}\n\`\`\``;
  }

  private words(code: readonly string[]): string {
    return (code[this.random.below(code.length)] ?? '').slice(0, 60);
  }
}

/** With a mark for caches, as the product sets it where it pays. */
function bodyOf(model: string, messages: readonly Message[]) {
  const marked = messages.map((message, index) =>
    index === messages.length - 1 && messages.length > 2
      ? {
          ...message,
          content: [{ type: 'text', text: message.content, cache_control: { type: 'ephemeral' } }],
        }
      : message,
  );
  return { model, messages: marked, max_tokens: 4096 };
}
