import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import type { Clients } from '../../../src/app/account/clients';
import { UsageReconciling } from '../../../src/app/usage/usageReconciling';
import { emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import { endedCost } from '../../../src/core/chat/endedCost';
import type { Endpoint } from '../../../src/core/chat/endpoint';
import { fail, succeed } from '../../../src/core/chat/result';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { toLedgerPatch } from '../../../src/core/ledger/ledgerRecorder';
import { formatPico } from '../../../src/core/money/pico';
import { openRouter } from '../../../src/openrouter/openRouter';
import type { ReconcileState } from '../../../src/protocol/usageState';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { type Simulator, startSimulator } from '../../support/simulator/index';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

const newId = monotonicFactory();
const model = 'openai/gpt-5-mini';

suite('Reconciling against the simulator', function () {
  // The first request loads the client library.
  this.timeout(20_000);
  let simulator: Simulator;
  let ledger: LedgerParts;
  let dialogs: FakeDialogs;
  let reconciling: UsageReconciling;
  const endpoint = (apiKey: string): Endpoint => ({
    baseUrl: simulator.url,
    origin: simulator.origin,
    apiKey,
    attribution: { referer: '', title: '' },
    noBytesMs: 5000,
    noDataMs: 5000,
  });

  setup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
    ledger = createMemoryLedgerParts();
    dialogs = new FakeDialogs();
    reconciling = makeReconciling('sk-or-v1-reconcile');
  });
  teardown(async () => {
    reconciling.dispose();
    await simulator.dispose();
  });

  const makeReconciling = (apiKey: string): UsageReconciling =>
    openReconciling(async () => succeed(openRouter.account(endpoint(apiKey))));
  const openReconciling = (account: Clients['account']): UsageReconciling =>
    new UsageReconciling(
      ledger.store,
      ledger.queries,
      { account },
      async () => undefined,
      dialogs,
      Date.now,
      async () => undefined,
    );

  /** One request and its row, as the extension writes it. */
  async function ask(prompt: string, apiKey = 'sk-or-v1-reconcile'): Promise<string> {
    const id = newId();
    const startedAt = Date.now();
    const draft = {
      id,
      startedAt,
      origin: 'command',
      action: 'ask',
      requestedModel: model,
      maxTokens: 60,
    } as const;
    await ledger.store.begin(draft);
    const client = await openRouter.chat(endpoint(apiKey));
    let answer = emptyAnswer;
    const parameters = { model, maxTokens: 60 };
    const request = { parameters, messages: [{ role: 'user', content: prompt }] } as const;
    for await (const event of client.stream(request, new AbortController().signal))
      answer = reduceAnswer(answer, event);
    await ledger.store.update(
      id,
      toLedgerPatch(answer, endedCost(answer, undefined, startedAt), { endedAtMs: Date.now() }),
    );
    return id;
  }

  const start = async (label = 'Today (UTC)'): Promise<ReconcileState> => {
    dialogs.answers.push(label);
    await reconciling.start();
    assert.ok(reconciling.state);
    return reconciling.state;
  };

  test('what was billed agrees to the last digit, with the bill and with the usage of the key', async () => {
    for (const prompt of ['one', 'two words', 'and three words']) await ask(prompt);
    const state = await start();
    const billed = simulator.bill.totalPico();
    assert.equal(state.phase, 'done');
    assert.deepEqual([state.total, state.checked, state.same, state.differingCount], [3, 3, 3, 0]);
    assert.deepEqual([state.oursUsd, state.theirsUsd], [formatPico(billed), formatPico(billed)]);
    for (const { oursUsd, theirsUsd } of state.key?.spans ?? []) {
      assert.deepEqual([oursUsd, theirsUsd], [formatPico(billed), formatPico(billed)]);
    }
    assert.equal(state.key?.spans.length, 3);
  });

  test('with a key at the provider the fee agrees with the key, and the whole cost with each request', async () => {
    reconciling = makeReconciling('sk-or-v1-byok');
    await ask('one', 'sk-or-v1-byok');
    const state = await start();
    assert.deepEqual([state.same, state.differingCount], [1, 0]);
    const [bill] = simulator.bill.entries;
    assert.equal(state.oursUsd, formatPico((bill?.costPico ?? 0n) + (bill?.upstreamPico ?? 0n)));
    assert.equal(state.key?.spans[0]?.oursUsd, bill?.costUsd);
    assert.equal(state.key?.spans[0]?.upstreamUsd, bill?.upstreamUsd);
  });

  test('a row that was never told its cost can take it, after a question', async () => {
    const id = await ask('one');
    const row = await ledger.store.get(id);
    assert.ok(row);
    await ledger.store.put({ ...row, costState: 'unknown', costPico: undefined });
    const before = await start();
    assert.deepEqual([before.differingCount, before.adoptable], [1, 1]);
    dialogs.answers.push('Take Figures');
    await reconciling.adopt();
    assert.deepEqual([reconciling.state?.differingCount, reconciling.state?.same], [0, 1]);
    const after = await ledger.store.get(id);
    assert.deepEqual([after?.costState, after?.costPico], ['settled', simulator.bill.totalPico()]);
  });

  test('without consent no row is changed', async () => {
    const row = await ledger.store.get(await ask('one'));
    assert.ok(row);
    await ledger.store.put({ ...row, costState: 'estimated', costPico: 1n });
    await start();
    await reconciling.adopt();
    assert.equal((await ledger.store.get(row.id))?.costPico, 1n);
  });

  test('a billed row that differs is listed, and never changed', async () => {
    const row = await ledger.store.get(await ask('one'));
    assert.ok(row);
    await ledger.store.put({ ...row, costPico: 7n });
    const state = await start();
    assert.deepEqual([state.differingCount, state.adoptable], [1, 0]);
    assert.equal(state.differing[0]?.differences[0]?.theirs, formatPico(simulator.bill.totalPico()));
    await reconciling.adopt();
    assert.equal((await ledger.store.get(row.id))?.costPico, 7n);
  });

  test('a run that is stopped goes on where it was', async () => {
    for (const prompt of ['1', '2', '3', '4', '5', '6']) await ask(prompt);
    const watch = reconciling.onDidChange(state => {
      if (state?.checked === 4) reconciling.stop();
    });
    const stopped = await start();
    assert.deepEqual([stopped.phase, stopped.checked], ['cancelled', 4]);
    watch.dispose();
    await reconciling.resume();
    assert.deepEqual([reconciling.state?.phase, reconciling.state?.checked], ['done', 6]);
    const asked = simulator.requests.filter(({ path }) => path.includes('/generation'));
    assert.equal(asked.length, 6);
  });

  test('stopping while the key is asked for is no problem of the key', async () => {
    await ask('one');
    const watch = reconciling.onDidChange(() => reconciling.stop());
    const state = await start();
    watch.dispose();
    assert.deepEqual([state.phase, state.keyProblem, state.key], ['cancelled', undefined, undefined]);
    await reconciling.resume();
    assert.equal(reconciling.state?.key?.spans.length, 3);
  });

  test('what was found can be put away', async () => {
    await ask('one');
    await start();
    let told = 0;
    reconciling.onDidChange(state => {
      told += state === undefined ? 1 : 0;
    });
    reconciling.close();
    assert.deepEqual([told, reconciling.state], [1, undefined]);
  });

  test('a wrong key stops it and says why', async () => {
    await ask('one');
    reconciling = makeReconciling('sk-or-v1-bad');
    const state = await start();
    assert.equal(state.phase, 'stopped');
    assert.match(state.problem ?? '', /key/i);
    assert.ok(state.keyProblem);
  });

  test('without a key nothing is asked', async () => {
    const none = openReconciling(async () => fail({ kind: 'noKey' }));
    await none.start();
    assert.equal(none.state, undefined);
    assert.match(dialogs.shown.at(-1) ?? '', /key/i);
    assert.equal(simulator.requests.length, 0);
  });
});
