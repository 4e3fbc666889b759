import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { monotonicFactory } from 'ulid';
import { AnswerCaps } from '../../../src/app/ask/answerCap';
import { Asker } from '../../../src/app/ask/asker';
import { toAskRequest } from '../../../src/app/ask/askRequest';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { EndpointPrices } from '../../../src/app/models/endpointPrices';
import { ModelList } from '../../../src/app/models/modelList';
import { Estimates } from '../../../src/app/usage/estimates';
import { type Answer, emptyAnswer } from '../../../src/core/chat/answer';
import { succeed } from '../../../src/core/chat/result';
import type { Pico } from '../../../src/core/money/pico';
import { openRouter } from '../../../src/openrouter/openRouter';
import { createRandom, pick, type Random } from '../../support/continuing/cutTexts';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import {
  type CatalogueModel,
  parseDecimal,
  type Simulator,
  startSimulator,
  toCatalogueModel,
} from '../../support/simulator';
import { countTokens } from '../../support/simulator/answers/tokens';

const runs = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 120);
/** Turns of the event loop that an abort takes to the server, both being one process here. */
const turnsToServer = 12;

const completionPrices = ['0.00001', '0.00004', '0.0000031'] as const;
const providerSets = [
  ['DeepInfra'],
  ['Together', 'DeepInfra'],
  ['Groq'],
  ['DeepInfra', 'Groq'],
  ['Nobody Knows', 'Mistral'],
] as const;

/** Models that abort ends the bill of, always, sometimes or never, at several prices. */
const models: readonly CatalogueModel[] = providerSets.flatMap((providers, set) =>
  completionPrices.map((completion, price) =>
    toCatalogueModel({
      ...{ id: `capped/m${set}-${price}`, name: `Capped ${set}, ${price}`, about: 'Is stopped.' },
      ...{ created: 1_790_000_000, context: 200_000, maxOutput: 8192, tokenizer: 'Other' },
      pricing: { prompt: '0.000001', completion },
      providers: [...providers],
    }),
  ),
);

const words = [' word', ' a', '();', '\n', ' chunk', ' 🎉', ' wörter', '漢', ' 12'];

/** How a model is read: it makes so many tokens at a time, the next ones once those have arrived. */
class Pace {
  /** A stop may be on its way: it is given the time. */
  isNearLimit = false;
  private arrived = 0;
  private waiting: (() => void) | undefined;

  constructor(readonly chunk: number) {}

  take(tokens: number): void {
    this.arrived += tokens;
    this.waiting?.();
  }

  readonly next = (made: number): Promise<void> | undefined =>
    made % this.chunk === 0 ? this.whenRead(made) : undefined;

  private async whenRead(made: number): Promise<void> {
    while (this.arrived < made) await new Promise<void>(resolve => (this.waiting = resolve));
    for (let turn = 0; turn < turnsToServer && this.isNearLimit; turn++) await nextTurn();
  }
}

/** Everything between a question and the simulator. */
class World {
  readonly settings = new FakeSettings();
  readonly ledger = createMemoryLedgerParts();
  readonly models: ModelList;
  private readonly newId = monotonicFactory();
  private readonly asker: Asker;
  private readonly preparation: RequestPreparation;

  constructor(readonly simulator: Simulator) {
    const { url: baseUrl, origin } = simulator;
    const attribution = { referer: '', title: '' };
    const endpoint = {
      ...{ baseUrl, origin, attribution, apiKey: 'sk-or-v1-uncapped-stop' },
      ...{ noBytesMs: 30_000, noDataMs: 30_000 },
    };
    const endpoints = { baseUrl, current: async () => succeed(endpoint) };
    const log = {
      info: () => undefined,
      error: (what: string, error: unknown) => assert.fail(`${what}: ${error}`),
    };
    const cache = { read: async () => undefined, write: async () => undefined };
    this.models = new ModelList(endpoints, openRouter, cache, log);
    const chat = async () => succeed({ origin, client: await openRouter.chat(endpoint) });
    this.asker = new Asker({ chat }, this.ledger.store, this.settings, this.models);
    const prices = new EndpointPrices(endpoints, openRouter);
    this.preparation = new RequestPreparation({
      estimates: new Estimates(this.ledger.store, this.ledger.queries, this.models, log),
      models: this.models,
      settings: this.settings,
      dialogs: { confirm: async () => 'Send' },
      workbench: { openSetting: async () => undefined },
      bounds: new PriceBounds(prices),
      caps: new AnswerCaps(prices),
    });
  }

  /** A question under a limit, to a model that says `content` and `reasoning`. */
  async ask(model: string, prompt: string, pace: Pace, said: { content: string; reasoning?: string }) {
    const [id, parameters] = [this.newId(), { model, maxTokens: 400 }];
    const request = toAskRequest(
      { title: 'Ask', action: 'ask', origin: 'panel', prompt },
      { id, inForce: { parameters, systemPrompt: '' }, conversation: { id, turns: [] } },
    );
    const prepared = await this.preparation.prepare(request, new AbortController().signal);
    assert.ok(prepared);
    this.simulator.next({ answer: said, delivery: { paced: pace.next } });
    let answer: Answer = emptyAnswer;
    for await (const step of this.asker.ask(prepared, new AbortController().signal)) {
      ({ answer } = step);
      pace.isNearLimit ||= isNearLimit(answer);
      if (step.event.type === 'text' || step.event.type === 'reasoning') pace.take(step.event.pieces ?? 1);
    }
    await this.simulator.idle();
    this.simulator.dropSteps();
    return { answer, by: prepared.cap?.by };
  }
}

function isNearLimit({ spending }: Answer): boolean {
  return spending?.by === 'stop' && Number(spending.usd) > 0.8 * Number(spending.capUsd);
}

/** One question; what came of it, checked against the simulator's bill. */
async function askOnce(world: World, random: Random, about: string) {
  const model = pick(random, models);
  const capPico = BigInt(Math.floor(random() * 3_000)) * 1_000_000n + 200_000_000n;
  world.settings.set({ budgets: { maxAnswerPico: capPico } });
  const say = (most: number) =>
    Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(random, words)).join('');
  // Blanks at the very start may belong to a tag, and are held back.
  const said = { content: `So${say(120)}`, ...(random() < 0.3 && { reasoning: say(40) }) };
  const pace = new Pace(1 + Math.floor(random() * 12));
  const prompt = pick(random, ['word ', 'let a = 1;\n']).repeat(1 + Math.floor(random() * 60));
  const { answer, by = 'maxTokens' } = await world.ask(model.wire.id, prompt, pace, said);
  const { failure, moneyStop } = answer.ending ?? {};
  if (failure) {
    assert.equal(failure.kind, 'budget', about);
    return 'unsent';
  }
  const bill = world.simulator.bill.get(answer.generationId ?? '') ?? assert.fail('nothing was billed');
  const chunkPico: Pico = parseDecimal(model.wire.pricing.completion) * BigInt(pace.chunk);
  const allowed = by === 'stop' ? capPico + chunkPico : capPico;
  assert.ok(bill.costPico <= allowed, `${about}: ${bill.costPico} > ${allowed}, ${by}`);
  // What came is a beginning of what was said, and as long as what was billed, but for what was under way.
  assert.ok(said.content.startsWith(answer.text), about);
  assert.ok((said.reasoning ?? '').startsWith(answer.reasoning), about);
  const arrived = countTokens(answer.text) + countTokens(answer.reasoning);
  const lost = bill.tokens.completion - arrived;
  assert.ok(lost <= (moneyStop ? pace.chunk : 0), `${about}: ${lost} tokens lost`);
  return moneyStop ? 'stopped' : by;
}

suite('a limit per answer, over HTTP', () => {
  test(`is kept on the simulator’s own bill over ${runs} random streams, and no character is lost`, async function () {
    this.timeout(3_600_000);
    const random = createRandom(17);
    const simulator = await startSimulator({
      models,
      generationDelayMs: 0,
      balance: count => Math.floor(random() * count),
    });
    const world = new World(simulator);
    const counts = { stop: 0, maxTokens: 0, stopped: 0, unsent: 0 };
    try {
      for (let index = 0; index < runs; index++) counts[await askOnce(world, random, `run ${index}`)] += 1;
    } finally {
      world.models.dispose();
      await simulator.dispose();
    }
    assert.ok(counts.stopped > runs / 20 && counts.maxTokens > 0 && counts.stop > 0, JSON.stringify(counts));
    if (process.env.ASK_OPENROUTER_FUZZ_RUNS) console.log(JSON.stringify(counts));
  });
});
