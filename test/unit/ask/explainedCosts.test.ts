import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../../src/app/ask/asker';
import { succeed } from '../../../src/core/chat/result';
import { Settler } from '../../../src/core/ledger/settler';
import { findModel } from '../../../src/core/models/modelId';
import type { CostPartKind } from '../../../src/core/money/costPart';
import { sumPico } from '../../../src/core/money/costPart';
import { parseCostRecord } from '../../../src/core/money/costRecord';
import { openRouter } from '../../../src/openrouter/openRouter';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { type Simulator, type Step, startSimulator } from '../../support/simulator';
import { makeSent, makeTurn } from '../../support/turns';

const newId = monotonicFactory();

suite('what the ledger keeps of a cost, beside the simulator’s bill', () => {
  let simulator: Simulator;
  const ledger = createMemoryLedgerParts();
  const endpoint = () => ({
    baseUrl: simulator.url,
    origin: simulator.origin,
    apiKey: 'sk-or-v1-uncapped-explained',
    attribution: { referer: '', title: '' },
    noBytesMs: 5000,
    noDataMs: 5000,
  });

  suiteSetup(async () => {
    simulator = await startSimulator({ generationDelayMs: 0 });
  });
  suiteTeardown(() => simulator.dispose());

  async function findPricing(id: string) {
    const models = await openRouter.catalogue(endpoint()).list(new AbortController().signal);
    return models.ok ? findModel(models.value, id)?.pricing : undefined;
  }

  /** Asks once; resolves with the row as it is when the answer has ended. */
  async function ask(model: string, step?: Step) {
    if (step !== undefined) simulator.next(step);
    const chat = async () => succeed({ origin: simulator.origin, client: await openRouter.chat(endpoint()) });
    const asker = new Asker({ chat }, ledger.store, new FakeSettings(), { findPricing });
    const turn = makeTurn({
      id: newId(),
      startedAtMs: Date.now(),
      estimate: { promptTokens: 20 },
      sent: makeSent({ parameters: { model, maxTokens: 3000 } }),
    });
    const messages = [{ role: 'user', content: 'Say something.' }] as const;
    const request = { turn, messages, sessionId: turn.id, origin: 'command' } as const;
    for await (const _ of asker.ask(request, new AbortController().signal));
    return (await ledger.store.get(turn.id)) ?? assert.fail('there is no row');
  }

  const ways: readonly (readonly [model: string, step: Step | undefined, kinds: readonly CostPartKind[]])[] =
    [
      ['openai/gpt-4o-mini', undefined, ['input', 'output']],
      ['openai/gpt-4o-mini', 'cached', ['input', 'cacheRead', 'output']],
      ['openai/gpt-4o-mini', 'byok', ['input', 'output', 'byokFee']],
      ['openai/gpt-4o-mini', 'web-search', ['input', 'output', 'tools']],
      ['openai/gpt-4o-mini', 'file-parser', ['input', 'output', 'tools']],
      ['google/gemini-2.5-pro', 'reasoning', ['input', 'output', 'reasoning']],
      ['openai/gpt-4o-mini:floor', undefined, ['input', 'output', 'tier']],
    ];

  for (const [model, step, kinds] of ways) {
    test(`${model}${step === undefined ? '' : `, ${String(step)}`}: the parts add up to the bill`, async () => {
      const row = await ask(model, step);
      const record = parseCostRecord(row.costParts) ?? assert.fail('there is no record');
      const entry = simulator.bill.get(row.generationId ?? '') ?? assert.fail('there is no bill');
      assert.equal(sumPico(record.parts), entry.costPico + (entry.upstreamPico ?? 0n));
      assert.equal(sumPico(record.parts), row.costPico);
      assert.deepEqual(
        record.parts.map(({ kind }) => kind),
        kinds,
      );
      assert.deepEqual(record.prices, await findPricing(model));
      assert.ok((record.estimate?.mostPico ?? 0n) > 0n);
    });
  }

  test('a cost that is settled later gets its parts then, by the prices of the request’s own minute', async () => {
    const row = await ask('openai/gpt-4o-mini', 'no-usage');
    const before = parseCostRecord(row.costParts);
    assert.deepEqual([row.costState, before?.parts], ['pending', []]);
    const settler = new Settler({
      leases: ledger.leases,
      store: ledger.store,
      connect: async () => ({ ok: true, value: openRouter.account(endpoint()) }),
      pricingOf: async () => ({ prompt: '1', completion: '1' }),
      now: () => Date.now() + 3_600_000,
      random: () => 0,
      schedule: () => ({ dispose: () => undefined }),
      onError: error => assert.fail(String(error)),
    });
    await settler.wake();
    settler.dispose();
    const settled = (await ledger.store.get(row.id)) ?? assert.fail('there is no row');
    const after = parseCostRecord(settled.costParts);
    assert.equal(settled.costState, 'settled');
    assert.deepEqual(
      after?.parts.map(({ kind }) => kind),
      ['input', 'output'],
    );
    assert.equal(sumPico(after?.parts ?? []), settled.costPico);
    assert.deepEqual([after?.prices, after?.estimate], [before?.prices, before?.estimate]);
  });
});
