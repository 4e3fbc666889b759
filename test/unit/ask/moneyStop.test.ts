import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { AnswerCaps } from '../../../src/app/ask/answerCap';
import { Asker } from '../../../src/app/ask/asker';
import type { AskRequest } from '../../../src/app/ask/askRequest';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { Estimates } from '../../../src/app/usage/estimates';
import { type Answer, type AnswerEvent, emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { ChatClient, ChatEvent } from '../../../src/core/chat/chatClient';
import { succeed } from '../../../src/core/chat/result';
import type { Model, ModelEndpoint } from '../../../src/core/models/model';
import { estimatePromptTokens } from '../../../src/core/money/estimate';
import { formatPico, type Pico, parsePico } from '../../../src/core/money/pico';
import { sumOf } from '../../../src/core/money/priceTable';
import { createRandom, pick, type Random } from '../../support/continuing/cutTexts';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';
import { makeSent, makeTurn } from '../../support/turns';

const runs = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 60);
const newId = monotonicFactory();

/** A provider that sends a random answer and keeps its own bill. */
class Provider implements ChatClient {
  text = '';
  billedPico: Pico = 0n;
  chunkPico: Pico = 0n;

  constructor(
    private readonly random: Random,
    private readonly endpoint: ModelEndpoint,
    private readonly stopsOnAbort: boolean,
    private readonly pieces: 'token' | 'several',
  ) {}

  async *stream(
    { messages, parameters }: Parameters<ChatClient['stream']>[0],
    signal: AbortSignal,
  ): AsyncGenerator<ChatEvent> {
    const { random, endpoint } = this;
    const promptTokens = Math.round(estimatePromptTokens(messages) * (0.8 + random() * 0.4));
    const most = Math.min(parameters.maxTokens, 20 + Math.floor(random() * 400));
    let tokens = 0;
    const cost = (count: number): Pico =>
      sumOf([
        [endpoint.pricing.prompt, promptTokens],
        [endpoint.pricing.completion, count],
      ]) ?? 0n;
    yield { type: 'accepted', generationId: 'gen-1', provider: endpoint.provider };
    while (tokens < most && !signal.aborted) {
      const count = Math.min(most - tokens, this.pieces === 'token' ? 1 : 1 + Math.floor(random() * 12));
      const text = Array.from({ length: count }, () =>
        pick(random, [' word', ' a', '();', '\n', ' chunk', ' 🎉']),
      ).join('');
      tokens += count;
      this.text += text;
      this.chunkPico = cost(tokens) - cost(tokens - count);
      yield pick(random, [true, true, false]) || this.text.length < 30
        ? { type: 'text', text }
        : { type: 'reasoning', text };
      if (random() < 0.2) yield { type: 'counted', usage: { promptTokens, completionTokens: tokens } };
      // What is sent comes over a network.
      await new Promise(resolve => setImmediate(resolve));
    }
    this.billedPico = cost(signal.aborted && !this.stopsOnAbort ? most : tokens);
    if (signal.aborted) {
      yield { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };
      return;
    }
    yield { type: 'finish', finishReason: tokens < most ? 'stop' : 'length' };
    yield {
      type: 'usage',
      usage: { promptTokens, completionTokens: tokens, costUsd: formatPico(this.billedPico) },
    };
    yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
  }
}

const stopping = ['DeepInfra', 'Anthropic', 'Together'];
const billingOn = ['Groq', 'Google', 'Nobody Knows'];

/** One question with a limit to a model with random endpoints. */
async function askOnce(random: Random) {
  const price = (most: number): string => formatPico(BigInt(1 + Math.floor(random() * most)) * 100_000n);
  const areStopping = random() < 0.5;
  const names = areStopping ? stopping : [...stopping, ...billingOn];
  const dear = { prompt: price(40), completion: price(200) };
  const endpoints: ModelEndpoint[] = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, index) => ({
    provider: names[(index + Math.floor(random() * names.length)) % names.length] as string,
    pricing: index === 0 || random() < 0.5 ? dear : { prompt: dear.prompt, completion: '0.00000001' },
  }));
  const model: Model = makeModel({ pricing: dear });
  const capPico = BigInt(Math.floor(random() * 4_000)) * 1_000_000n + 200_000_000n;
  const settings = new FakeSettings({ budgets: { maxAnswerPico: capPico } });
  const ledger = createMemoryLedgerParts();
  const estimates = new Estimates(ledger.store, ledger.queries, { atHand: [] }, { error: assert.fail });
  const preparation = new RequestPreparation({
    estimates,
    models: { find: async () => model, findCached: async () => model, keepFresh: async () => undefined },
    settings,
    dialogs: { confirm: async () => 'Send' },
    workbench: { openSetting: async () => undefined },
    bounds: new PriceBounds({ of: async () => endpoints.map(({ pricing }) => pricing) }),
    caps: new AnswerCaps({ endpointsOf: async () => endpoints }),
  });
  const content = pick(random, ['word ', 'let a = 1;\n']).repeat(1 + Math.floor(random() * 60));
  const sent = makeSent({ prompt: content, parameters: { model: model.id, maxTokens: 400 } });
  const request: AskRequest = {
    turn: makeTurn({ id: newId(), startedAtMs: Date.now(), sent }),
    messages: [{ role: 'user', content }],
    sessionId: 's',
    origin: 'panel',
  };
  const prepared = await preparation.prepare(request, new AbortController().signal);
  assert.ok(prepared);
  const endpoint = pick(random, endpoints);
  const stopsOnAbort = stopping.includes(endpoint.provider ?? '');
  const provider = new Provider(random, endpoint, stopsOnAbort, pick(random, ['token', 'several'] as const));
  const chat = async () => succeed({ origin: 'https://openrouter.ai', client: provider });
  const asker = new Asker({ chat }, ledger.store, settings, { findPricing: async () => dear });
  let answer: Answer = emptyAnswer;
  const events: AnswerEvent[] = [];
  for await (const step of asker.ask(prepared, new AbortController().signal)) {
    events.push(step.event);
    answer = reduceAnswer(answer, step.event);
  }
  return {
    answer,
    events,
    provider,
    capPico,
    by: prepared.cap?.by,
    row: await ledger.store.get(request.turn.id),
  };
}

suite('a limit per answer', () => {
  test(`is kept over ${runs} random streams, and no character is lost`, async function () {
    this.timeout(600_000);
    const random = createRandom(11);
    const counts = { stop: 0, maxTokens: 0, stopped: 0, unsent: 0 };
    for (let index = 0; index < runs; index++) {
      const { answer, provider, capPico, by, row } = await askOnce(random);
      if (answer.ending?.failure) {
        assert.equal(answer.ending.failure.kind, 'budget');
        counts.unsent += 1;
        continue;
      }
      const arrived = answer.text.length + answer.reasoning.length;
      assert.equal(arrived, provider.text.length, 'what has arrived is shown');
      counts[by ?? 'maxTokens'] += 1;
      const allowed = by === 'stop' ? capPico + provider.chunkPico : capPico;
      assert.ok(provider.billedPico <= allowed, `${index}: ${provider.billedPico} > ${allowed}, ${by}`);
      if (answer.ending?.moneyStop) {
        counts.stopped += 1;
        assert.equal(by, 'stop');
        assert.equal(row?.outcome, 'cancelled');
        assert.ok(
          (parsePico(answer.ending.moneyStop.usd) ?? 0n) * 10n > capPico * 5n,
          'it is stopped at the limit',
        );
      }
    }
    assert.ok(counts.stopped > runs / 20 && counts.maxTokens > 0, JSON.stringify(counts));
    if (process.env.ASK_OPENROUTER_FUZZ_RUNS) console.log(JSON.stringify(counts));
  });

  test('what it has cost and may cost is told while it runs', async () => {
    const random = createRandom(3);
    for (let index = 0; index < 20; index++) {
      const { events, capPico } = await askOnce(random);
      const spent = events.flatMap(event => (event.type === 'spent' ? [event.spending] : []));
      for (const spending of spent) assert.equal(spending.capUsd, formatPico(capPico));
      const amounts = spent.map(({ usd }) => parsePico(usd) ?? 0n);
      assert.deepEqual(
        amounts,
        [...amounts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        'it only grows',
      );
    }
  });
});
