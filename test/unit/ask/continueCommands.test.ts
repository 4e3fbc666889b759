import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import * as v from 'valibot';
import { Asker } from '../../../src/app/ask/asker';
import type { AskInput, AskRequest } from '../../../src/app/ask/askRequest';
import { AskSession } from '../../../src/app/ask/askSession';
import { ContinueCommands } from '../../../src/app/ask/continueCommands';
import { CostExplanations, type ExplainedTurn } from '../../../src/app/usage/costExplanations';
import { rowIds, totalCost } from '../../../src/core/chat/answerTotals';
import { canContinue, continueCosts } from '../../../src/core/chat/continuing';
import type { Turn } from '../../../src/core/chat/conversation';
import { openFenceOf } from '../../../src/core/chat/openFence';
import { succeed } from '../../../src/core/chat/result';
import { conversationSchema } from '../../../src/core/chat/schemas/conversationSchema';
import { findModel } from '../../../src/core/models/modelId';
import { takesPrefill } from '../../../src/core/models/prefill';
import { estimatePromptTokens } from '../../../src/core/money/estimate';
import { formatPico, parsePico } from '../../../src/core/money/pico';
import type { Pricing } from '../../../src/core/money/pricing';
import { toSentEstimate } from '../../../src/core/money/sentEstimate';
import { openRouter } from '../../../src/openrouter/openRouter';
import {
  type Continuer,
  instructedContinuers,
  prefilledContinuers,
} from '../../support/continuing/continuers';
import { createRandom, makeAnswerText, pick, pickCut, type Random } from '../../support/continuing/cutTexts';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { type Simulator, startSimulator } from '../../support/simulator';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

const cuts = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 30);
const prefilling = 'anthropic/claude-haiku-4.5';
const instructed = 'openai/gpt-4o-mini';
const input: AskInput = { title: 'Why?', action: 'ask', origin: 'panel', prompt: 'Why?' };

/** A session that asks the simulator, and what goes on with its answers. */
class World {
  readonly settings = new FakeSettings();
  readonly ledger = createMemoryLedgerParts();
  readonly dialogs = new FakeDialogs();
  /** What happens to a request before it is sent. */
  prepare = async (request: AskRequest): Promise<AskRequest | undefined> => request;
  readonly endpoint: Parameters<typeof openRouter.catalogue>[0];
  readonly session: AskSession;
  readonly continuing: ContinueCommands;

  constructor(readonly simulator: Simulator) {
    const { url: baseUrl, origin } = simulator;
    this.endpoint = {
      baseUrl,
      origin,
      apiKey: 'sk-or-v1-uncapped-continue',
      attribution: { referer: '', title: '' },
      noBytesMs: 5000,
      noDataMs: 5000,
    };
    const chat = async () => succeed({ origin, client: await openRouter.chat(this.endpoint) });
    this.session = new AskSession({
      asker: new Asker({ chat }, this.ledger.store, this.settings, {
        findPricing: id => this.findPricing(id),
      }),
      preparation: { prepare: request => this.prepare(request) },
      store: { read: async () => undefined },
      models: {
        peek: () => undefined,
        keepFresh: async () => undefined,
        onDidChange: () => ({ dispose: () => undefined }),
      },
      settings: this.settings,
      workbench: { workspaceName: undefined },
      keyWays: { offer: async () => false },
      estimateDraft: async () => undefined,
      newId: monotonicFactory(),
      onError: error => assert.fail(String(error)),
    });
    this.continuing = new ContinueCommands(this.session, this.dialogs);
  }

  async findPricing(id: string): Promise<Pricing | undefined> {
    const models = await openRouter.catalogue(this.endpoint).list(new AbortController().signal);
    return models.ok ? findModel(models.value, id)?.pricing : undefined;
  }

  use(model: string): void {
    this.settings.set({ parameters: { model, maxTokens: 20_000 } });
  }

  get turn(): Turn {
    return this.session.conversation.turns.at(-1) ?? assert.fail('there is no turn');
  }

  /** Asks, and has the answer cut after `text`. */
  async askCut(text: string): Promise<Turn> {
    this.simulator.next({ answer: { content: text }, delivery: { ending: 'cut', endAfterTokens: 1e9 } });
    await this.session.ask(input);
    return this.turn;
  }

  async goOn(content: string): Promise<Turn> {
    this.simulator.next({ answer: { content } });
    await this.continuing.continue(this.turn);
    return this.turn;
  }

  /** The messages of the last request. */
  get wire(): readonly { readonly role: string; readonly content: string }[] {
    const body = this.simulator.requests
      .filter(({ path }) => path.endsWith('/chat/completions'))
      .at(-1)?.body;
    return (body as { messages: { role: string; content: string }[] }).messages;
  }
}

suite('going on with an answer', () => {
  let simulator: Simulator;
  let world: World;
  suiteSetup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
  });
  suiteTeardown(() => simulator.dispose());
  setup(() => {
    world = new World(simulator);
    world.use(instructed);
  });

  test('an answer that was cut becomes one turn of two linked rows with one total', async () => {
    const before = await world.askCut('One two');
    assert.ok(canContinue(before));
    const { id, answer } = await world.goOn(' three.');
    assert.equal(world.session.conversation.turns.length, 1);
    assert.equal(id, before.id);
    assert.equal(answer.text, 'One two three.');
    assert.deepEqual(
      [answer.status, answer.earlier?.length, canContinue(world.turn)],
      ['completed', 1, false],
    );
    const row = await world.ledger.store.get(answer.requestId ?? '');
    assert.deepEqual([row?.continues, row?.costState], [id, 'billed']);
    assert.equal(totalCost(answer)?.pending, 1, 'the cost of the cut request is not known yet');
    world.session.apply(id, {
      type: 'settled',
      requestId: id,
      cost: { state: 'settled', usd: '0.5' },
      usage: {},
    });
    const total = totalCost(world.turn.answer);
    assert.deepEqual([total?.state, total?.usd], ['settled', String(0.5 + Number(answer.cost?.usd))]);
  });

  test('a model that takes it goes on from the text itself, another one is told to', async () => {
    world.use(prefilling);
    await world.askCut('One two \n');
    await world.goOn('three.');
    assert.deepEqual(world.wire.at(-1), { role: 'assistant', content: 'One two' });
    world.use(instructed);
    await world.askCut('One two \n');
    await world.goOn('three.');
    assert.deepEqual(
      world.wire.slice(-2).map(({ role }) => role),
      ['assistant', 'user'],
    );
    assert.match(world.wire.at(-1)?.content ?? '', /Continue exactly where it stopped/);
  });

  for (const [model, last] of [
    [prefilling, 'assistant'],
    [instructed, 'user'],
  ] as const) {
    test(`an answer of ${model} that was cut anywhere is finished by the model itself`, async () => {
      world.use(model);
      const fence = '`'.repeat(3);
      const question = { ...input, prompt: `Explain this.\n\n${fence}ts\nconst a = 1;\nrun(a);\n${fence}` };
      await world.session.ask(question);
      const whole = world.turn.answer.text;
      const tokens = world.turn.answer.usage?.completionTokens ?? 0;
      assert.ok(tokens > 50, `${tokens}`);
      for (let share = 1; share < 100; share += 7) {
        const endAfterTokens = Math.max(1, Math.floor((tokens * share) / 100));
        simulator.next({ delivery: { ending: 'cut', endAfterTokens } });
        await world.session.ask(question);
        assert.ok(canContinue(world.turn), `${share} %`);
        await world.continuing.continue(world.turn);
        assert.equal(world.wire.at(-1)?.role, last);
        assert.deepEqual(
          [world.turn.answer.text, world.turn.answer.status],
          [whole, 'completed'],
          `${share} %`,
        );
        world.session.startNew();
      }
    });
  }

  test('a model that answers anew instead of going on from its beginning says nothing twice', async () => {
    world.use('deepseek/deepseek-v3.2');
    await world.session.ask(input);
    const whole = world.turn.answer.text;
    simulator.next({ delivery: { ending: 'cut', endAfterTokens: 20 } });
    await world.session.ask(input);
    await world.continuing.continue(world.turn);
    assert.equal(world.wire.at(-1)?.role, 'assistant');
    assert.equal(world.turn.answer.text, whole);
  });

  test('a model that refuses its own beginning is told in words', async () => {
    world.use(prefilling);
    await world.askCut('One two');
    const message = 'This model does not support assistant message prefill.';
    simulator.next({ status: 400, body: { error: { code: 400, message } } });
    await world.continuing.continue(world.turn);
    assert.equal(world.wire.at(-1)?.role, 'user');
    assert.ok(world.turn.answer.text.startsWith('One two'));
    assert.deepEqual(
      [world.turn.answer.earlier?.map(({ cost }) => cost?.state), world.turn.answer.status],
      [['pending', 'free'], 'completed'],
    );
  });

  test('a request that fails, or is held back by a limit, leaves the text whole and can be repeated', async () => {
    await world.askCut('One two');
    simulator.next('400');
    await world.continuing.continue(world.turn);
    assert.deepEqual([world.turn.answer.text, world.turn.answer.status], ['One two', 'failed']);
    const [settle] = [async (request: AskRequest) => request];
    world.prepare = async request => ({
      ...request,
      stop: { kind: 'maxAnswerCost', limitUsd: '1', committedUsd: '2' },
    });
    await world.continuing.continue(world.turn);
    assert.equal(world.turn.answer.ending?.failure?.kind, 'budget');
    assert.equal(world.turn.answer.text, 'One two');
    world.session.removeUnsent(world.turn);
    assert.equal(world.session.conversation.turns.length, 1, 'a turn with a text is never given up');
    world.prepare = settle;
    const { answer } = await world.goOn(' three.');
    assert.deepEqual([answer.text, answer.status], ['One two three.', 'completed']);
    assert.equal(answer.earlier?.length, 2, 'what never left is no request');
  });

  test('the cost of all its requests is explained together, each to the last digit', async () => {
    const { ledger, session } = world;
    const explanations = new CostExplanations(ledger.store, ledger.queries, id => world.findPricing(id));
    const told: ExplainedTurn[] = [];
    explanations.onDidExplain(explained => told.push(explained));
    world.settings.set({ parameters: { model: instructed, maxTokens: 20 } });
    simulator.next({ answer: { content: 'one two three '.repeat(50) } });
    await session.ask(input);
    for (const words of [40, 5]) await world.goOn(' four five six'.repeat(words));
    const { id, answer } = world.turn;
    assert.deepEqual([answer.status, answer.earlier?.length], ['completed', 2]);
    assert.ok(await explanations.explain(id, rowIds(world.turn)));
    const explanation = told[0]?.explanation ?? assert.fail('nothing was explained');
    const bills = simulator.bill.entries.slice(-3).map(({ costPico }) => formatPico(costPico));
    assert.deepEqual(
      explanation.requests?.map(({ totalUsd }) => totalUsd),
      bills,
    );
    const sum = (parts: readonly { readonly usd: string }[] = []) =>
      formatPico(parts.reduce((total, { usd }) => total + (parsePico(usd) ?? 0n), 0n));
    assert.deepEqual(
      explanation.requests?.map(({ parts }) => sum(parts)),
      bills,
    );
    assert.equal(sum(explanation.parts), explanation.totalUsd);
    assert.equal(explanation.totalUsd, totalCost(answer)?.usd);
    assert.deepEqual(
      explanation.parts.map(({ kind }) => kind),
      ['input', 'output'],
    );
    assert.match(explanation.sentence, /^3 requests, each going on .* together\.$/);
    explanations.dispose();
  });

  test('asking again asks the question anew', async () => {
    const first = await world.askCut('One two');
    await world.goOn(' three.');
    await world.session.retry(first);
    assert.notEqual(world.turn.id, first.id);
    assert.equal(world.wire.at(-1)?.content, 'Why?');
    assert.equal(world.turn.answer.earlier, undefined);
  });

  test('what is kept of it is all there after a reload', async () => {
    await world.askCut('One two');
    await world.goOn(' three.');
    const { conversation } = world.session;
    const kept = v.parse(conversationSchema, JSON.parse(JSON.stringify(conversation)));
    assert.deepEqual(kept, JSON.parse(JSON.stringify(conversation)));
  });

  test('the command says what both ways cost, and does what is chosen', async () => {
    await world.continuing.run();
    assert.match(world.dialogs.shown.join(), /no answer to go on with/);
    await world.askCut('One two');
    world.dialogs.answers.push('Continue');
    simulator.next({ answer: { content: ' three.' } });
    await world.continuing.run();
    assert.equal(world.turn.answer.text, 'One two three.');
  });

  test('only models known to take it get a beginning', () => {
    for (const id of [
      'anthropic/claude-sonnet-4.5',
      'anthropic/claude-3.5-haiku',
      'deepseek/deepseek-chat',
      'anthropic/claude-opus-4',
    ])
      assert.ok(takesPrefill(id), id);
    for (const id of [
      'anthropic/claude-opus-4.6',
      'anthropic/claude-sonnet-5',
      'openai/gpt-4o',
      'anthropic/claude-3.7-sonnet:thinking',
      'deepseek/deepseek-r1',
      'openrouter/auto',
    ])
      assert.ok(!takesPrefill(id), id);
  });

  for (const [model, continuers, share] of [
    [prefilling, { exact: prefilledContinuers.exact }, 0.98],
    [instructed, instructedContinuers, 0.9],
  ] as const) {
    test(`${cuts} cuts of ${model} anywhere: exact in ${share * 100} %, never a broken fence, at the cost that is told`, async function () {
      this.timeout(1_200_000);
      world.use(model);
      const pricing = (await world.findPricing(model)) ?? assert.fail('there is no price');
      world.prepare = async request => {
        const promptTokens = estimatePromptTokens(request.messages, model);
        return { ...request, turn: { ...request.turn, estimate: toSentEstimate(promptTokens, pricing, 0) } };
      };
      const random = createRandom(21);
      const all = { exact: 0, toldRight: 0, cheaperAnew: 0 };
      // From half of an answer on, the rest costs 60 % of all of it on average: what is there is sent along, and paid
      // as input. Over few cuts that scatters.
      const leastThere = cuts < 200 ? 0.6 : 0.5;
      const late = { cuts: 0, continuedPico: 0n, anewPico: 0n };
      for (let index = 0; index < cuts; index++) {
        const done = await cutAndContinue(
          world,
          random,
          Object.values<Continuer>(continuers),
          model === prefilling,
        );
        const { answer, whole, cut, costs, continuedPico, anewPico } = done;
        if (answer.text === whole) all.exact += 1;
        const near = `${index}: ${answer.text.slice(Math.max(0, cut - 60), cut + 60)}`;
        assert.equal(openFenceOf(answer.text), undefined, near);
        assert.ok(costs, 'both costs are told');
        if (costs.isAnewCheaper) all.cheaperAnew += 1;
        if (costs.isAnewCheaper === anewPico < continuedPico) all.toldRight += 1;
        if (cut < whole.length * leastThere) continue;
        late.cuts += 1;
        late.continuedPico += continuedPico;
        late.anewPico += anewPico;
      }
      assert.ok(all.exact >= cuts * share, `${all.exact} of ${cuts}`);
      assert.ok(all.toldRight >= cuts * 0.9, `${all.toldRight} of ${cuts}`);
      assert.ok(
        late.cuts > cuts / 5 && late.continuedPico * 100n <= late.anewPico * 60n,
        `${late.continuedPico} of ${late.anewPico}`,
      );
      if (process.env.ASK_OPENROUTER_FUZZ_RUNS)
        console.log(
          `${model}: ${JSON.stringify(all)} of ${cuts}; cut from half on: ${Number((late.continuedPico * 1000n) / late.anewPico) / 10} % of asking anew`,
        );
    });
  }

  test('what both ways cost is told when the price is known', () => {
    const turn = {
      ...makeEstimated(),
      estimate: { promptTokens: 100, promptUsd: '0.001', answerTokenUsd: '0.0001' },
    };
    const { finishUsd = '', anewUsd = '' } = continueCosts(turn) ?? {};
    assert.ok(Number(finishUsd) > 0 && Number(finishUsd) < Number(anewUsd), `${finishUsd} ${anewUsd}`);
    assert.equal(continueCosts(makeEstimated()), undefined);
  });

  test('an answer cut at its very beginning is said to cost less when it is asked anew', async () => {
    const { answer, ...rest } = makeEstimated();
    const early = {
      ...{ ...rest, answer: { ...answer, text: 'One two' } },
      estimate: { promptTokens: 100, promptUsd: '0.001', answerTokenUsd: '0.00005' },
    };
    const { finishUsd = '', anewUsd = '', isAnewCheaper } = continueCosts(early) ?? {};
    assert.ok(isAnewCheaper && Number(anewUsd) < Number(finishUsd), `${finishUsd} ${anewUsd}`);
    assert.equal(continueCosts(early, true)?.isAnewCheaper, false, 'no words tell it to go on');
    world.prepare = async request => ({ ...request, turn: { ...request.turn, estimate: early.estimate } });
    await world.askCut('One two');
    await world.continuing.run();
    assert.match(world.dialogs.shown.join(), /To ask anew costs about .*, less than to finish it, about/);
  });
});

/** Has an answer cut anywhere and gone on with, and asks anew; with what both were told to cost, and cost. */
async function cutAndContinue(
  world: World,
  random: Random,
  continuers: readonly Continuer[],
  isPrefilled: boolean,
) {
  const { simulator, session } = world;
  const bill = () => simulator.bill.entries.at(-1)?.costPico ?? 0n;
  const whole = makeAnswerText(random);
  const anywhere = Math.ceil(whole.length * (0.01 + random() * 0.98));
  const cut = random() < 0.5 ? pickCut(whole, random) : anywhere;
  const before = await world.askCut(whole.slice(0, cut));
  const costs = continueCosts(before, isPrefilled);
  const half = /[\ud800-\udbff]$/.test(whole.slice(0, cut)) ? 1 : 0;
  const { answer } = await world.goOn(
    pick(random, continuers)(whole, isPrefilled ? cut : cut - half, random),
  );
  const continuedPico = bill();
  simulator.next({ answer: { content: whole } });
  await session.ask(input);
  const anewPico = bill();
  session.startNew();
  return { answer, whole, cut, costs, continuedPico, anewPico };
}

function makeEstimated(): Turn {
  return {
    id: 'a',
    action: 'ask',
    title: 'Why?',
    startedAtMs: 0,
    sent: {
      systemPrompt: '',
      earlierTurns: 0,
      prompt: 'Why?',
      parameters: { model: 'acme/m1', maxTokens: 4000 },
    },
    answer: {
      status: 'truncated',
      text: 'word '.repeat(500),
      reasoning: '',
      toolCalls: [],
      citations: [],
      imageCount: 0,
    },
  };
}
