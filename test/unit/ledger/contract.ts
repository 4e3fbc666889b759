import assert from 'node:assert/strict';
import type { LedgerDraft, LedgerEntry, LedgerPatch } from '../../../src/core/ledger/ledger';
import type { SpendLimit } from '../../../src/core/ledger/ledgerLimits';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { RowQuery } from '../../../src/core/ledger/ledgerQueries';
import { emptyTotals } from '../../../src/core/ledger/ledgerTotals';
import { noCuts } from '../../../src/core/ledger/workload';
import { estimatorVersion } from '../../../src/core/money/estimate';
import { billed, draft, unsettled } from './rows';

const minute = 60_000;
const day = 86_400_000;

/** What every ledger promises, whatever it is made of. */
export function ledgerContract(name: string, create: () => LedgerParts): void {
  suite(`Ledger contract: ${name}`, () => {
    let ledger: LedgerParts;
    setup(() => {
      ledger = create();
    });
    teardown(() => ledger.store.dispose());

    storeContract(() => ledger);
    limitContract(() => ledger);
    queryContract(() => ledger);
    pageContract(() => ledger);
    leaseContract(() => ledger);
  });
}

function storeContract(ledger: () => LedgerParts): void {
  test('a new row is started and pending', async () => {
    const row = draft({ reservedPico: 5n });
    assert.deepEqual(await ledger().store.begin(row), { ok: true });
    assert.deepEqual(await ledger().store.get(row.id), { ...row, outcome: 'started', costState: 'pending' });
  });

  test('every field comes back as it was written', async () => {
    const entry: Required<LedgerEntry> = {
      ...{ id: 'FULL', startedAt: 1_790_000_000_123, endedAt: 1_790_000_001_234, origin: 'panel' },
      ...{ action: 'ask', promptId: 'p', workspace: 'w', languageId: 'ts', requestedModel: 'a/b' },
      ...{ servedModel: 'a/b-1', provider: 'P "q" \u0000 ü 🙂', generationId: 'gen', outcome: 'failed' },
      ...{
        finishReason: 'error',
        nativeFinishReason: 'n',
        httpStatus: 502,
        errorKind: 'providerUnavailable',
      },
      ...{ promptTokens: 1, cachedTokens: 2, cacheWriteTokens: 3, completionTokens: 4, reasoningTokens: 5 },
      ...{
        reservedPico: 2n ** 63n - 1n,
        costPico: 9_007_199_254_740_993n,
        costState: 'billed',
        isByok: false,
      },
      ...{ upstreamPico: 0n, ttftMs: 6, durationMs: 7, maxTokens: 8, estimatedPromptTokens: 9 },
      ...{ compareGroup: 'c', prompt: 'secret', answer: "Robert'); DROP TABLE requests;--" },
      endpoint: 'https://openrouter.ai',
      sessionId: 'conversation-1',
      ...{
        serviceTier: 'flex',
        region: 'europe',
        attempt: 2,
        costParts: '{"parts":[]}',
        continues: 'EARLIER',
      },
      estimator: 1,
    };
    await ledger().store.put(entry);
    assert.deepEqual(await ledger().store.get('FULL'), entry);
    await ledger().store.put({ ...entry, isByok: true, costPico: 1n });
    assert.equal((await ledger().store.get('FULL'))?.isByok, true);
    assert.equal((await ledger().store.totals({})).spentPico, 1n);
  });

  test('an update changes what it names and leaves the rest', async () => {
    const row = draft({ workspace: 'w' });
    await ledger().store.begin(row);
    await ledger().store.update(row.id, { generationId: 'gen-7', provider: undefined });
    await ledger().store.update(row.id, billed(3n, { generationId: undefined }));
    assert.deepEqual(await ledger().store.get(row.id), { ...row, ...billed(3n), generationId: 'gen-7' });
  });

  test('beginning a row twice and updating none are refused', async () => {
    const row = draft();
    await ledger().store.begin(row);
    await assert.rejects(ledger().store.begin(row), Error);
    await assert.rejects(ledger().store.update('NONE', billed(1n)), /does not exist/);
    assert.equal(await ledger().store.get('NONE'), undefined);
  });

  test('each write is announced after it took effect', async () => {
    const { store } = ledger();
    const seen: (string | undefined)[] = [];
    const row = draft();
    let reading: Promise<unknown> = Promise.resolve();
    store.onDidChange(({ id }) => {
      reading = store.get(id).then(entry => seen.push(`${id} ${entry?.outcome}`));
    });
    await store.begin(row);
    await reading;
    await store.update(row.id, billed(1n));
    await reading;
    assert.deepEqual(seen, [`${row.id} started`, `${row.id} completed`]);
  });

  test('totals keep each kind of figure apart', async () => {
    const { store } = ledger();
    const states: readonly LedgerPatch[] = [
      { costState: 'billed', costPico: 1n },
      { costState: 'settled', costPico: 20n },
      { costState: 'free', costPico: 0n },
      { costState: 'estimated', costPico: 300n },
      { costState: 'unknown' },
      { costState: 'pending' },
    ];
    for (const patch of states) {
      const row = draft({ reservedPico: 4_000n });
      await store.begin(row);
      await store.update(row.id, { outcome: 'completed', ...patch });
    }
    assert.deepEqual(await store.totals({}), {
      requests: 6,
      spentPico: 21n,
      estimatedPico: 300n,
      estimatedRequests: 1,
      pendingRequests: 1,
      heldPico: 8_000n,
      unknownRequests: 1,
    });
  });

  test('a period includes its start and not its end, wherever it is cut', async () => {
    const { store } = ledger();
    const times = [0, 1, 899_999, 900_000, 900_001, 2 * day - 1, 2 * day, 3 * day + 5];
    for (const startedAt of times) {
      const row = draft({ startedAt });
      await store.begin(row);
      await store.update(row.id, billed(1n));
    }
    const cuts = [0, 1, 2, 899_999, 900_000, 900_001, 1_800_000, day, 2 * day, 3 * day + 5, 3 * day + 6];
    for (const fromMs of cuts) {
      for (const toMs of cuts) {
        const expected = times.filter(time => time >= fromMs && time < toMs).length;
        assert.equal((await store.totals({ fromMs, toMs })).requests, expected, `${fromMs}–${toMs}`);
      }
      const since = times.filter(time => time >= fromMs).length;
      assert.equal((await store.totals({ fromMs })).requests, since);
      assert.equal((await store.totals({ toMs: fromMs })).requests, times.length - since);
    }
    assert.deepEqual(await store.totals({ fromMs: 9 * day }), emptyTotals);
  });
}

function limitContract(ledger: () => LedgerParts): void {
  const daily = (limitPico: bigint, fields: Partial<SpendLimit> = {}): SpendLimit => ({
    kind: 'daily',
    limitPico,
    period: { fromMs: 0, toMs: day },
    ...fields,
  });

  test('running and pending rows count with their reservation', async () => {
    const { store } = ledger();
    assert.equal((await store.begin(draft({ reservedPico: 40n }), [daily(100n)])).ok, true);
    const pending = draft({ reservedPico: 40n });
    assert.equal((await store.begin(pending, [daily(100n)])).ok, true);
    await store.update(pending.id, unsettled());
    const refused = draft({ reservedPico: 40n });
    assert.deepEqual(await store.begin(refused, [daily(100n)]), {
      ok: false,
      passed: [{ limit: daily(100n), committedPico: 80n, overPico: 20n }],
    });
    assert.equal(await store.get(refused.id), undefined);
    await store.update(pending.id, { costState: 'settled', costPico: 1n });
    assert.equal((await store.begin(refused, [daily(100n)])).ok, true);
  });

  test('a row whose cost stays unknown keeps its reservation, and gives it back when it becomes known', async () => {
    const { store, queries } = ledger();
    const row = draft({ reservedPico: 70n, workspace: 'w' });
    await store.begin(row);
    await store.update(row.id, { outcome: 'failed', costState: 'unknown', endedAt: 2_000 });
    const result = await store.begin(draft({ reservedPico: 40n }), [daily(100n)]);
    assert.deepEqual(result.ok || result.passed.map(({ committedPico }) => committedPico), [70n]);
    const heldBy = async () => [
      (await store.totals({}, true)).heldPico,
      (await queries.usage({})).heldPico,
      (await queries.split('workspace', {}))[0]?.heldPico,
    ];
    assert.deepEqual(await heldBy(), [70n, 70n, 70n]);
    await store.update(row.id, billed(1n));
    assert.deepEqual(await heldBy(), [0n, 0n, 0n]);
    assert.equal((await store.begin(draft({ reservedPico: 40n }), [daily(100n)])).ok, true);
  });

  test('a request may use a limit up exactly', async () => {
    const { store } = ledger();
    assert.equal((await store.begin(draft({ reservedPico: 100n }), [daily(100n)])).ok, true);
    assert.equal((await store.begin(draft({ reservedPico: 1n }), [daily(100n)])).ok, false);
  });

  test('every passed limit is named, and those of other times do not count', async () => {
    const { store } = ledger();
    await store.begin(draft({ reservedPico: 50n, startedAt: day }));
    const monthly: SpendLimit = { kind: 'monthly', limitPico: 60n, period: {} };
    const result = await store.begin(draft({ reservedPico: 20n }), [daily(30n), monthly, daily(10n)]);
    assert.deepEqual(result.ok || result.passed.map(({ limit, overPico }) => [limit.kind, overPico]), [
      ['monthly', 10n],
      ['daily', 10n],
    ]);
  });

  test('a free request always fits, one of unknown price while anything is left', async () => {
    const { store } = ledger();
    await store.begin(draft({ reservedPico: 100n }));
    assert.equal((await store.begin(draft({ reservedPico: 0n }), [daily(50n)])).ok, true);
    assert.equal((await store.begin(draft(), [daily(100n)])).ok, false);
    assert.equal((await store.begin(draft(), [daily(101n)])).ok, true);
  });
}

function queryContract(ledger: () => LedgerParts): void {
  const add = async (fields: Parameters<typeof draft>[0], patch: LedgerPatch): Promise<string> => {
    const row = draft(fields);
    await ledger().store.begin(row);
    await ledger().store.update(row.id, patch);
    return row.id;
  };

  test('usage sums tokens beside the money, and a series does for each stretch', async () => {
    const tokens = { promptTokens: 10, cachedTokens: 4, cacheWriteTokens: 3, completionTokens: 5 };
    await add({ startedAt: 5 }, billed(7n, { ...tokens, reasoningTokens: 2 }));
    await add({ startedAt: day + 5 * minute }, billed(1n, { promptTokens: 1 }));
    const sums = await ledger().queries.usage({ toMs: day });
    assert.deepEqual(sums, { ...emptyTotals, requests: 1, spentPico: 7n, ...tokens, reasoningTokens: 2 });
    const series = await ledger().queries.series([0, day, day + minute, 2 * day]);
    assert.deepEqual(
      series.map(({ requests, spentPico, promptTokens }) => [requests, spentPico, promptTokens]),
      [
        [1, 7n, 10],
        [0, 0n, 0],
        [1, 1n, 1],
      ],
    );
  });

  test('a split follows a row when it learns who served it', async () => {
    await add({ workspace: 'w', languageId: 'ts' }, billed(5n, { servedModel: 'v/m-2', provider: 'P' }));
    await add({ startedAt: 3 * day, action: 'fix' }, billed(9n));
    await add({ startedAt: 3 * day }, { outcome: 'failed', costState: 'estimated', costPico: 2n });
    const split = async (by: Parameters<LedgerParts['queries']['split']>[0], fromMs = 0) =>
      (await ledger().queries.split(by, { fromMs })).map(part => [
        part.value,
        part.requests,
        part.spentPico + part.estimatedPico,
      ]);
    assert.deepEqual(await split('model'), [
      ['vendor/model', 2, 11n],
      ['v/m-2', 1, 5n],
    ]);
    assert.deepEqual(await split('provider'), [
      [undefined, 2, 11n],
      ['P', 1, 5n],
    ]);
    assert.deepEqual(await split('action', day + 1), [
      ['fix', 1, 9n],
      ['explain', 1, 2n],
    ]);
    assert.deepEqual((await split('workspace')).at(-1), ['w', 1, 5n]);
    assert.deepEqual((await split('language')).at(-1), ['ts', 1, 5n]);
  });

  test('workloads are sums by action, model and what a price may depend on', async () => {
    const put = async (action: string, startedAt: number, promptTokens: number, costPico = 5n) => {
      const row = draft({ action, startedAt, requestedModel: 'v/m' });
      await ledger().store.begin(row);
      const tokens = { promptTokens, cachedTokens: 10, completionTokens: 40, reasoningTokens: 15 };
      await ledger().store.update(row.id, billed(costPico, tokens));
    };
    await put('fix', 9 * 60 * minute, 100);
    await put('fix', 9 * 60 * minute + day, 120);
    await put('fix', 10 * 60 * minute, 300);
    await put('fix', 11 * 60 * minute, 300);
    await put('explain', 9 * 60 * minute, 100);
    await ledger().store.begin(draft({ action: 'fix' }));
    const { signal } = new AbortController();
    const cuts = { promptTokens: [200, 250], minutesOfDay: [10 * 60, 11 * 60], byWeekday: false };
    const found = await ledger().queries.workloads({ action: 'fix' }, cuts, signal);
    assert.equal(found.unknownRequests, 1);
    const [first, ...others] = [...found.known].sort((a, b) => a.atMs - b.atMs);
    assert.deepEqual(first, {
      ...{ action: 'fix', model: 'v/m', requests: 2, mostPromptTokens: 120, atMs: 9 * 60 * minute },
      ...{ costPico: 10n, promptTokens: 220, cachedTokens: 20, cacheWriteTokens: 0 },
      ...{ completionTokens: 80, reasoningTokens: 30, promptSquares: 24_400, promptTimesAnswer: 5_500 },
      answerSquares: 1_250,
    });
    assert.deepEqual(
      others.map(({ requests, promptTokens }) => [requests, promptTokens]),
      [
        [1, 300],
        [1, 300],
      ],
    );
    const byDay = { ...noCuts, byWeekday: true };
    assert.equal((await ledger().queries.workloads({ action: 'fix' }, byDay, signal)).known.length, 2);
    assert.equal((await ledger().queries.workloads({}, noCuts, signal)).known.length, 2);
  });

  test('answer lengths are those of the latest requests to a model', async () => {
    for (const [index, completionTokens] of [50, undefined, 70].entries()) {
      const row = draft({ requestedModel: 'v/m', startedAt: index, estimatedPromptTokens: 9 });
      await ledger().store.begin(row);
      await ledger().store.update(row.id, billed(1n, { promptTokens: 10, completionTokens }));
    }
    await ledger().store.begin(draft({ requestedModel: 'v/m' }));
    const length = { action: 'explain', promptTokens: 10, cachedTokens: 0, reasoningTokens: 0 };
    assert.deepEqual(await ledger().queries.answerLengths('v/m', 3), [
      { ...length, completionTokens: 70 },
      { ...length, completionTokens: 50 },
    ]);
    assert.deepEqual(await ledger().queries.answerLengths('v/m', 1), [{ ...length, completionTokens: 70 }]);
    assert.deepEqual(await ledger().queries.answerLengths('v/other', 3), []);
  });

  test('deleting takes the rows of a period out of every sum, but not running ones', async () => {
    await add({ startedAt: 5 }, billed(1n));
    const kept = await add({ startedAt: day }, billed(2n));
    await ledger().store.begin(draft({ startedAt: 6, reservedPico: 3n }));
    assert.equal(await ledger().queries.deleteRows({ toMs: day }), 1);
    const { requests, spentPico, heldPico } = await ledger().queries.usage({});
    assert.deepEqual([requests, spentPico, heldPico], [2, 2n, 3n]);
    assert.deepEqual(
      (await ledger().queries.split('model', {})).map(part => part.requests),
      [2],
    );
    assert.equal((await ledger().store.get(kept))?.costPico, 2n);
    assert.equal(await ledger().queries.deleteRows({ fromMs: 9 * day }), 0);
  });

  test('prompt counts are the latest of each model asked for', async () => {
    for (let i = 1; i <= 4; i++) {
      await add({ startedAt: i, estimatedPromptTokens: 10 }, billed(1n, { promptTokens: i }));
    }
    await add({ startedAt: 9, estimatedPromptTokens: 10 }, billed(1n));
    await add(
      { startedAt: 9, requestedModel: 'other', estimatedPromptTokens: 10 },
      billed(1n, { promptTokens: 99 }),
    );
    const counts = await ledger().queries.promptCounts(['vendor/model'], 2);
    const latest = [
      { model: 'vendor/model', promptTokens: 4, estimatedPromptTokens: 10 },
      { model: 'vendor/model', promptTokens: 3, estimatedPromptTokens: 10 },
    ];
    assert.deepEqual(counts, latest);
    const other = { model: 'other', promptTokens: 99, estimatedPromptTokens: 10 };
    assert.deepEqual(await ledger().queries.promptCounts(['vendor/model', 'none', 'other'], 2), [
      ...latest,
      other,
    ]);
    assert.equal((await ledger().queries.promptCounts(['other', 'vendor/model'], 50)).length, 5);
    assert.deepEqual(await ledger().queries.promptCounts([], 50), []);
  });

  test('cache uses are the latest of a model and of all, each once', async () => {
    const counted = { estimatedPromptTokens: 10, sessionId: 'talk' };
    const tokens = { promptTokens: 9, cachedTokens: 5, cacheWriteTokens: 2, provider: 'Acme' };
    for (const startedAt of [1, 2, 3]) await add({ startedAt, ...counted }, billed(1n, tokens));
    await add({ startedAt: 4, requestedModel: 'other', ...counted }, billed(1n, { promptTokens: 7 }));
    await add({ startedAt: 5, requestedModel: 'other', ...counted }, billed(1n));
    await add({ startedAt: 6, estimatedPromptTokens: 10 }, billed(1n, tokens));
    const uses = async (model: string, count: number) =>
      (await ledger().queries.cacheUses(model, count)).map(({ startedAt }) => startedAt).sort();
    assert.deepEqual(await uses('vendor/model', 3), [2, 3, 4]);
    assert.deepEqual(await uses('other', 1), [4]);
    assert.deepEqual(await uses('none', 10), [1, 2, 3, 4]);
    const [last] = (await ledger().queries.cacheUses('vendor/model', 2)).filter(use => use.startedAt === 3);
    assert.deepEqual(last, { sessionId: 'talk', startedAt: 3, requestedModel: 'vendor/model', ...tokens });
  });

  test('costs of an action with a model are the named ones, the newest first, without the row in question', async () => {
    const counted = { action: 'explain', estimatedPromptTokens: 10 };
    const cost = (startedAt: number, pico: bigint, change: Partial<LedgerDraft> = {}) =>
      add({ startedAt, ...counted, ...change }, billed(pico, { promptTokens: 9 }));
    await cost(1, 1n);
    await cost(2, 2n);
    const own = await cost(3, 3n);
    await cost(4, 4n, { action: 'fix' });
    await cost(5, 5n, { requestedModel: 'other' });
    await add(
      { startedAt: 6, ...counted },
      { costState: 'estimated', costPico: 6n, promptTokens: 9, outcome: 'completed' },
    );
    await add({ startedAt: 7, ...counted }, { costState: 'pending', promptTokens: 9, outcome: 'cancelled' });
    assert.deepEqual(await ledger().queries.costsOf('explain', 'vendor/model', own), [2n, 1n]);
    assert.deepEqual(await ledger().queries.costsOf('explain', 'none', own), []);
  });

  test('prompt counts leave out what another rule has estimated', async () => {
    for (const estimator of [undefined, estimatorVersion - 1, estimatorVersion + 1]) {
      await add({ estimator, estimatedPromptTokens: 10 }, billed(1n, { promptTokens: 99 }));
    }
    assert.deepEqual(await ledger().queries.promptCounts(['vendor/model'], 50), []);
    await add({ estimatedPromptTokens: 10 }, billed(1n, { promptTokens: 11 }));
    assert.equal((await ledger().queries.promptCounts(['vendor/model'], 50)).length, 1);
  });
}

function pageContract(ledger: () => LedgerParts): void {
  const costs: readonly (bigint | undefined)[] = [5n, undefined, 7n, 5n, 0n, 1n, 7n];
  const fill = async (): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const [index, costPico] of costs.entries()) {
      const row = draft({ startedAt: 1_000 + (index % 3), action: index % 2 ? 'fix' : 'ask' });
      await ledger().store.begin(row);
      const tokens = { promptTokens: index, completionTokens: 2 * index, durationMs: 100 - index };
      const state = costPico === undefined ? ({ costState: 'unknown' } as const) : {};
      await ledger().store.update(row.id, { ...billed(0n), costPico, ...tokens, ...state });
      ids.push(row.id);
    }
    return ids;
  };
  const readAll = async (query: Omit<RowQuery, 'limit'>): Promise<readonly string[]> => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await ledger().queries.rows({ ...query, limit: 2, after });
      ids.push(...page.rows.map(row => row.id));
      after = page.next;
    } while (after !== undefined);
    return ids;
  };

  test('pages give every row once, in the order asked for', async () => {
    const ids = await fill();
    const inOrder = (order: readonly number[]) => order.map(index => ids[index]);
    const filters = [undefined, { fromMs: 0 }, { costState: undefined, text: 'vendor' }];
    for (const filter of filters) {
      assert.deepEqual(await readAll({ filter }), inOrder([5, 2, 4, 1, 6, 3, 0]));
      assert.deepEqual(await readAll({ filter, ascending: true }), inOrder([0, 3, 6, 1, 4, 2, 5]));
      assert.deepEqual(await readAll({ filter, sort: 'cost' }), inOrder([6, 2, 3, 0, 5, 4, 1]));
      assert.deepEqual(await readAll({ filter, sort: 'tokens' }), inOrder([6, 5, 4, 3, 2, 1, 0]));
      assert.deepEqual(
        await readAll({ filter, sort: 'duration', ascending: true }),
        inOrder([6, 5, 4, 3, 2, 1, 0]),
      );
    }
  });

  test('filters and search find what they name', async () => {
    const ids = await fill();
    assert.deepEqual(await readAll({ filter: { action: 'fix' }, sort: 'tokens' }), [ids[5], ids[3], ids[1]]);
    assert.deepEqual(await readAll({ filter: { costState: 'unknown' } }), [ids[1]]);
    assert.deepEqual(await readAll({ filter: { fromMs: 1_002, toMs: 1_003 } }), [ids[5], ids[2]]);
    assert.deepEqual(await readAll({ filter: { text: String(ids[4]).toLowerCase() } }), [ids[4]]);
    assert.deepEqual(
      await readAll({ filter: { text: 'VENDOR/MOD', model: 'vendor/model', provider: 'x' } }),
      [],
    );
    for (const text of ['%', '_', '\\', "'"]) assert.deepEqual(await readAll({ filter: { text } }), [], text);
  });

  test('all rows come oldest first', async () => {
    const ids = await fill();
    const read: string[] = [];
    for await (const row of ledger().queries.allRows({ action: 'ask' })) read.push(row.id);
    assert.deepEqual(
      read,
      [0, 6, 4, 2].map(index => ids[index]),
    );
  });

  test('a page of nothing is empty', async () => {
    assert.deepEqual(await ledger().queries.rows({ limit: 5 }), { rows: [], next: undefined });
  });
}

function leaseContract(ledger: () => LedgerParts): void {
  const addPending = async (fields: Partial<LedgerPatch> = {}): Promise<string> => {
    const row = draft();
    await ledger().store.begin(row);
    await ledger().store.update(row.id, unsettled(fields));
    return row.id;
  };

  test('only ended rows with a generation id are claimed, each once per lease', async () => {
    const { leases, store } = ledger();
    await store.begin(draft());
    await addPending({ generationId: undefined });
    assert.equal(await leases.nextDueMs(), undefined);
    const id = await addPending();
    assert.equal(await leases.nextDueMs(), 2_000);
    assert.deepEqual(await leases.claim(1_999, 100, 9), []);
    assert.deepEqual(
      (await leases.claim(2_000, 100, 9)).map(claim => [claim.entry.id, claim.tries]),
      [[id, 0]],
    );
    assert.deepEqual(await leases.claim(2_099, 100, 9), []);
    assert.equal(await leases.nextDueMs(), 2_100);
    assert.equal((await leases.claim(2_100, 100, 9)).length, 1);
  });

  test('a postponed row counts its tries and comes back when due', async () => {
    const { leases } = ledger();
    const id = await addPending();
    await leases.claim(2_000, 100, 9);
    await leases.postpone(id, 5_000);
    assert.equal(await leases.nextDueMs(), 5_000);
    assert.deepEqual(await leases.claim(4_999, 100, 9), []);
    assert.equal((await leases.claim(5_000, 100, 9))[0]?.tries, 1);
  });

  test('a claim takes the longest due first, and no more than asked for', async () => {
    const { leases } = ledger();
    await addPending({ endedAt: 3_000 });
    const first = await addPending({ endedAt: 2_000 });
    assert.deepEqual(
      (await leases.claim(9_000, 100, 1)).map(claim => claim.entry.id),
      [first],
    );
  });

  test('a row is settled once', async () => {
    const { leases, store } = ledger();
    const id = await addPending();
    assert.equal(await leases.settle(id, { costState: 'settled', costPico: 5n, promptTokens: 3 }), true);
    assert.equal(await leases.settle(id, { costState: 'settled', costPico: 6n }), false);
    assert.equal(await leases.settle('NONE', { costState: 'settled', costPico: 6n }), false);
    const { costPico, promptTokens, outcome } = (await store.get(id)) ?? {};
    assert.deepEqual([costPico, promptTokens, outcome], [5n, 3, 'cancelled']);
    assert.equal(await leases.nextDueMs(), undefined);
  });

  test('its own running rows are not stale', async () => {
    const { leases, store } = ledger();
    const row = draft();
    await store.begin(row);
    assert.deepEqual(await leases.recover(9_000), []);
    assert.equal((await store.get(row.id))?.outcome, 'started');
  });
}
