import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import type { Clients } from '../../../src/app/account/clients';
import { type AnswerStep, Asker } from '../../../src/app/ask/asker';
import type { AskRequest } from '../../../src/app/ask/askRequest';
import { type AnswerEvent, emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { ChatEvent } from '../../../src/core/chat/chatClient';
import type { LedgerStore } from '../../../src/core/ledger/ledger';
import { createChatClient } from '../../../src/openrouter/chat';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedger } from '../../support/ledger/memoryLedger';
import { connectTo, patientLimits } from '../../support/openrouter/chatCalls';
import { FakeClock } from '../../support/openrouter/fakeClock';
import { faults, type Simulator, startSimulator } from '../../support/simulator';
import { makeSent, makeTurn } from '../../support/turns';

const newId = monotonicFactory();

function makeRequest(model: string): AskRequest {
  const turn = makeTurn({
    id: newId(),
    startedAtMs: Date.now(),
    sent: makeSent({ parameters: { model, maxTokens: 50 } }),
  });
  return { turn, messages: [{ role: 'user', content: 'Hi' }], sessionId: 'c', origin: 'command' };
}

async function* sayHello(): AsyncGenerator<ChatEvent> {
  yield { type: 'text', text: 'Hello' };
  yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
}

suite('asker', () => {
  let simulator: Simulator;
  const ledger = createMemoryLedger();

  suiteSetup(async () => {
    simulator = await startSimulator();
  });
  suiteTeardown(() => simulator.dispose());

  /** Stands still: no answer is late because the machine is busy. */
  const clock = new FakeClock();

  const createAsker = (baseUrl = simulator.url, settings = new FakeSettings()) => {
    const client = createChatClient(connectTo(baseUrl), { stallLimits: patientLimits, clock });
    const chat: Clients['chat'] = async () => ({ ok: true, value: { origin: simulator.origin, client } });
    return new Asker({ chat }, ledger, settings, {
      findPricing: async () => ({ prompt: '0.000001', completion: '0.000002' }),
    });
  };

  async function collect(request: AskRequest, signal = new AbortController().signal): Promise<AnswerEvent[]> {
    const events: AnswerEvent[] = [];
    const { model } = request.turn.sent.parameters;
    let fallsSilent = model.startsWith('simulator/stall');
    const letTimeRun = (): void => {
      clock.advance(patientLimits.noBytesMs);
      if (fallsSilent) setImmediate(letTimeRun);
    };
    const arrival = model.endsWith('stall-headers') ? simulator.onDidReceive(letTimeRun) : undefined;
    for await (const { event } of createAsker().ask(request, signal)) {
      events.push(event);
      if (event.type === 'accepted' && fallsSilent) setImmediate(letTimeRun);
      // A wait for the next try is as long as the server asks, and a slow answer slow: both are left early.
      if (event.type === 'retrying' || (event.type === 'text' && model.endsWith('slow'))) break;
    }
    fallsSilent = false;
    arrival?.dispose();
    return events;
  }

  test('a forbidden model, or a forbidden fallback, is not asked and leaves no row', async () => {
    const settings = new FakeSettings({ modelRules: { allowedModels: [], blockedModels: ['*-mini'] } });
    const asker = createAsker(simulator.url, settings);
    const { length } = simulator.requests;
    for (const parameters of [
      { model: 'openai/gpt-4o-mini', maxTokens: 5 },
      { model: 'openai/gpt-4o', maxTokens: 5, fallbackModels: ['openai/gpt-4o-mini'] },
    ]) {
      const plainly = makeRequest(parameters.model);
      const request = { ...plainly, turn: { ...plainly.turn, sent: makeSent({ parameters }) } };
      const steps: AnswerStep[] = [];
      for await (const step of asker.ask(request, new AbortController().signal)) steps.push(step);
      const failure = steps.at(-1)?.answer.ending?.failure;
      assert.deepEqual(failure?.rule, { model: 'openai/gpt-4o-mini', setting: 'blockedModels' });
      assert.equal(await ledger.get(request.turn.id), undefined);
    }
    assert.equal(simulator.requests.length, length);
  });

  for (const { name } of faults) {
    test(`${name}: leaves one row that says how it ended`, async () => {
      const request = makeRequest(`simulator/${name}`);
      const events = await collect(request);
      const row = await ledger.get(request.turn.id);
      assert.ok(row, 'there is no row');
      assert.notEqual(row.outcome, 'started');
      const answer = events.reduce(reduceAnswer, emptyAnswer);
      if (events.at(-1)?.type === 'ended') {
        assert.equal(row.outcome, answer.status);
        assert.equal(events.at(-2)?.type, 'cost');
        assert.equal(events.filter(({ type }) => type === 'ended').length, 1);
      } else {
        assert.equal(row.outcome, 'cancelled');
      }
    });
  }

  test('the row says which attempt answered, at which tier and where', async () => {
    simulator.next('fallback');
    const request = makeRequest('meta-llama/llama-3.3-70b-instruct');
    const { routing } = (await collect(request)).reduce(reduceAnswer, emptyAnswer);
    const row = await ledger.get(request.turn.id);
    assert.deepEqual([row?.region, row?.attempt], ['global', 2]);
    assert.equal(row?.serviceTier, routing?.serviceTier);
    assert.equal(routing?.attempts?.length, 2);
  });

  test('a stopped request keeps its generation id and waits for its cost', async () => {
    const request = makeRequest('simulator/stall');
    const abort = new AbortController();
    const events: AnswerEvent[] = [];
    for await (const { event } of createAsker().ask(request, abort.signal)) {
      events.push(event);
      if (event.type === 'accepted') abort.abort();
    }
    const row = await ledger.get(request.turn.id);
    assert.equal(row?.outcome, 'cancelled');
    assert.equal(row?.costState, 'pending');
    assert.match(row?.generationId ?? '', /^gen-/);
    assert.equal(row?.endpoint, simulator.origin, 'nobody else can tell the cost');
  });

  test('a connection that broke after the request had left is not free, one that never came about is', async () => {
    const broken = makeRequest('simulator/reset');
    await collect(broken);
    assert.equal((await ledger.get(broken.turn.id))?.costState, 'unknown');
    const nobody = makeRequest('openai/gpt-4o-mini');
    const gone = await startSimulator();
    await gone.dispose();
    const asker = createAsker(gone.url);
    for await (const _ of asker.ask(nobody, new AbortController().signal));
    assert.equal((await ledger.get(nobody.turn.id))?.costState, 'free');
  });

  test('a request stopped while it waits after a refusal is free', async () => {
    const request = makeRequest('simulator/429');
    const abort = new AbortController();
    for await (const { event } of createAsker().ask(request, abort.signal)) {
      if (event.type === 'retrying') abort.abort();
    }
    const row = await ledger.get(request.turn.id);
    assert.deepEqual([row?.outcome, row?.costState, row?.costPico], ['cancelled', 'free', 0n]);
  });

  test('a reader who leaves early leaves a closed row', async () => {
    const request = makeRequest('openai/gpt-4o-mini');
    for await (const { event } of createAsker().ask(request, new AbortController().signal)) {
      if (event.type === 'text') break;
    }
    assert.equal((await ledger.get(request.turn.id))?.outcome, 'cancelled');
  });

  test('without usage the cost is estimated from the price table or asked for, never zero', async () => {
    const request = makeRequest('simulator/no-usage');
    const events = await collect(request);
    const cost = events.findLast(({ type }) => type === 'cost');
    assert.equal(cost?.type === 'cost' && cost.cost.state, 'pending');
  });

  test('nothing leaves when the limits cannot be checked, unless there are none or it is sent anyway', async () => {
    const request = makeRequest('openai/gpt-4o-mini');
    const settings = new FakeSettings({ budgets: { dailyPico: 1n } });
    const unchecked: LedgerStore = {
      ...ledger,
      begin: async (_, limits) =>
        limits?.length ? { ok: false, passed: [], unchecked: 'locked' } : { ok: true },
      update: async () => undefined,
    };
    const chat: Clients['chat'] = async () => ({
      ok: true,
      value: { origin: 'https://a.example', client: { stream: sayHello } },
    });
    const asker = new Asker({ chat }, unchecked, settings, { findPricing: async () => undefined });
    const ask = async (asked: AskRequest) => {
      let answer = emptyAnswer;
      for await (const { event } of asker.ask(asked, new AbortController().signal)) {
        answer = reduceAnswer(answer, event);
      }
      return answer;
    };
    const { text, ending } = await ask(request);
    assert.equal(text, '');
    assert.deepEqual(ending?.failure, { kind: 'limitsUnchecked', ledgerFault: 'locked' });
    assert.equal((await ask({ ...request, isForced: true })).text, 'Hello');
    settings.set({ budgets: {} });
    assert.equal((await ask(request)).text, 'Hello');
  });

  test('nothing is written when there is no key: nothing leaves', async () => {
    const request = makeRequest('openai/gpt-4o-mini');
    const chat: Clients['chat'] = async () => ({ ok: false, failure: { kind: 'noKey' } });
    const asker = new Asker({ chat }, ledger, new FakeSettings(), { findPricing: async () => undefined });
    const events: AnswerEvent[] = [];
    for await (const { event } of asker.ask(request, new AbortController().signal)) events.push(event);
    assert.deepEqual(
      events.map(({ type }) => type),
      ['ended'],
    );
    assert.equal(await ledger.get(request.turn.id), undefined);
  });
});
