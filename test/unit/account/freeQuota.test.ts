import assert from 'node:assert/strict';
import { FreeQuota } from '../../../src/app/account/freeQuota';
import type { AskRequest } from '../../../src/app/ask/askRequest';
import { FailureExplainer } from '../../../src/app/ask/failureExplainer';
import type { Ending } from '../../../src/core/chat/chatClient';
import { describeFailure } from '../../../src/core/chat/failureText';
import type { RequestParameters } from '../../../src/core/chat/requestParameters';
import { succeed } from '../../../src/core/chat/result';
import type { Model } from '../../../src/core/models/model';
import { estimateCost } from '../../../src/core/money/estimate';
import { openRouter } from '../../../src/openrouter/openRouter';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { endingOf } from '../../support/openrouter/chatCalls';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeSent, makeTurn } from '../../support/turns';

const key = 'sk-or-v1-freetier-quota';
const free = 'meta-llama/llama-3.3-70b-instruct:free';
const twin = 'meta-llama/llama-3.3-70b-instruct';
const noon = Date.UTC(2027, 0, 1, 12);
const midnight = Date.UTC(2027, 0, 2);
const never = new AbortController().signal;

suite('the quota of free requests', () => {
  let nowMs: number;
  let simulator: Simulator;
  let models: readonly Model[];
  let quota: FreeQuota;

  setup(async () => {
    nowMs = noon;
    simulator = await startSimulator({
      now: () => nowMs,
      keys: { [key]: { freeRequests: 2 }, [`${key}-other`]: {} },
    });
    const listed = await openRouter.catalogue(endpoint()).list(never);
    models = listed.ok ? listed.value : assert.fail(listed.failure.kind);
    quota = new FreeQuota({ current: async () => succeed(endpoint()) }, () => nowMs);
  });
  teardown(() => simulator.dispose());

  const endpoint = (apiKey = key) => ({
    baseUrl: simulator.url,
    origin: simulator.origin,
    apiKey,
    attribution: { referer: '', title: '' },
    noBytesMs: 60_000,
    noDataMs: 60_000,
  });
  const lookAtKey = (apiKey?: string) => quota.watching(openRouter).account(endpoint(apiKey)).key(never);

  /** What a request to `model` is before it is sent: as it was, or refused. */
  function prepared(model: string, more: Partial<RequestParameters> = {}): Promise<AskRequest | undefined> {
    return preparation().prepare(requestTo(model, more), never);
  }

  function requestTo(model: string, more: Partial<RequestParameters> = {}): AskRequest {
    const sent = makeSent({ parameters: { model, maxTokens: 50, ...more } });
    const messages = [{ role: 'user', content: 'Hi' }] as const;
    return { turn: makeTurn({ sent }), messages, sessionId: 'c', origin: 'panel' };
  }

  function preparation() {
    const list = { cached: async () => ({ baseUrl: simulator.url, fetchedAtMs: 0, models }) };
    const explainer = new FailureExplainer(
      { explain: async failure => failure },
      list,
      { of: async () => undefined },
      createMemoryLedgerParts().store,
    );
    const estimate = estimateCost(
      { tokens: 1, lowTokens: 1, highTokens: 1, basis: 'none' },
      50,
      undefined,
      nowMs,
    );
    return quota.before(
      {
        prepare: async request => request,
        priceOnly: async request => ({ request, estimate, model: undefined, isTooLong: false }),
      },
      explainer,
    );
  }

  /** Asks for real, as often as it takes. */
  async function ask(model = free): Promise<Ending> {
    const client = await quota.watching(openRouter).chat(endpoint());
    const { turn, messages } = requestTo(model);
    const events = [];
    for await (const event of client.stream({ parameters: turn.sent.parameters, messages }, never))
      events.push(event);
    return endingOf(events);
  }

  test('that /key says is used up is told before sending, with the paid model, its price and the time', async () => {
    await lookAtKey();
    assert.equal((await prepared(free))?.refusal, undefined);
    for (const _ of [1, 2]) assert.equal((await ask()).outcome, 'completed');
    await lookAtKey();
    const count = simulator.requests.length;
    const failure = (await prepared(free))?.refusal ?? assert.fail('it would be sent');
    assert.equal(simulator.requests.length, count, 'nobody is asked');
    assert.deepEqual([failure.kind, failure.retryAtMs], ['freeQuotaUsed', midnight]);
    const { sentence, actions } = describeFailure(failure, free);
    assert.deepEqual(actions, ['useModel', 'sendFreeAnyway', 'pickModel', 'openCredits']);
    assert.equal(failure.alternatives?.[0]?.id, twin);
    const local = new Date(midnight).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    assert.ok(sentence.includes(`wait until ${local}`), sentence);
    assert.match(sentence, new RegExp(`Use ${twin} \\(\\$0\\.\\d+ in, .*\\), wait`));
  });

  test('that a 429 says is used up is told before the next request, whichever free model it is for', async () => {
    for (const _ of [1, 2]) await ask();
    assert.equal((await ask()).failure?.kind, 'freeDailyLimit');
    assert.equal((await prepared(free))?.refusal?.kind, 'freeQuotaUsed');
    const router = (await prepared('openrouter/free'))?.refusal ?? assert.fail('it would be sent');
    assert.equal(describeFailure(router, 'openrouter/free').actions[0], 'pickModel');
  });

  test('holds up no paid model, and no free one that a paid fallback stands behind', async () => {
    simulator.next('429-free-day');
    await ask();
    assert.equal((await prepared(twin))?.refusal, undefined);
    assert.equal((await prepared(free, { fallbackModels: [twin] }))?.refusal, undefined);
    assert.ok((await prepared(free, { fallbackModels: ['z-ai/glm-4.5-air:free'] }))?.refusal);
  });

  test('is full again at midnight UTC', async () => {
    simulator.next('429-free-day');
    await ask();
    nowMs = midnight - 1;
    assert.ok((await prepared(free))?.refusal);
    nowMs = midnight;
    assert.equal((await prepared(free))?.refusal, undefined);
  });

  test('is asked for all the same when the user says so, until the server says it again', async () => {
    for (const _ of [1, 2]) await ask();
    await ask();
    quota.forget();
    assert.equal((await prepared(free))?.refusal, undefined);
    assert.equal((await ask()).failure?.kind, 'freeDailyLimit');
    assert.ok((await prepared(free))?.refusal);
  });

  test('of another key that is set is that key’s', async () => {
    for (const _ of [1, 2]) await ask();
    await lookAtKey();
    assert.equal(await quota.isLow(), true);
    await lookAtKey(`${key}-other`);
    assert.equal(await quota.isLow(), false);
    assert.equal((await prepared(free))?.refusal, undefined);
  });

  test('leaves the other models of a comparison alone', async () => {
    simulator.next('429-free-day');
    await ask();
    const price = async (model: string) => (await preparation().priceOnly(requestTo(model), never))?.request;
    assert.equal((await price(free))?.refusal?.kind, 'freeQuotaUsed');
    assert.equal((await price(twin))?.refusal, undefined);
  });

  test('that credits have raised already is not to be raised by more', async () => {
    simulator.next({
      status: 429,
      body: { error: { code: 429, message: 'Rate limit exceeded: free-models-per-day-high-balance. ' } },
    });
    await ask();
    const failure = (await prepared(free))?.refusal ?? assert.fail('it would be sent');
    assert.equal(failure.retryAtMs, midnight);
    assert.ok(!describeFailure(failure, free).actions.includes('openCredits'));
  });
});
