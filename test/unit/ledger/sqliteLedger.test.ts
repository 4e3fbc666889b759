import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { yieldToEventLoop } from '../../../src/core/base/yieldToEventLoop';
import { migrations, schemaVersion } from '../../../src/storage/ledgerMigrations';
import { ledgerContract } from './contract';
import { billed, draft, unsettled } from './rows';
import { TempLedgers } from './tempLedgers';

const folders: TempLedgers[] = [];
const newFolder = (): TempLedgers => {
  const ledgers = new TempLedgers();
  folders.push(ledgers);
  return ledgers;
};

suiteTeardown(() => {
  for (const ledgers of folders) ledgers.dispose();
});

ledgerContract('SQLite', () => newFolder().open());

/** A million rows take a minute on a busy machine; they are tried when somebody has the time. */
const bulkRows = Number(process.env.LEDGER_ROWS ?? 100_000);

suite('SQLite ledger', () => {
  let ledgers: TempLedgers;
  setup(() => {
    ledgers = newFolder();
  });

  test('touches no file before it is used', () => {
    ledgers.open();
    assert.equal(existsSync(ledgers.path), false);
  });

  test('does not open its file again after it was closed', async () => {
    const { store } = ledgers.open();
    const row = draft();
    await store.begin(row);
    store.dispose();
    await assert.rejects(store.update(row.id, billed(1n)), { kind: 'unavailable' });
    assert.deepEqual(await ledgers.open().leases.recover(1), [row.id]);
  });

  for (let version = 1; version < schemaVersion; version++) {
    test(`rows of schema version ${version} are kept, summed and sortable`, async () => {
      const old = new DatabaseSync(ledgers.path);
      for (const step of migrations.slice(0, version)) old.exec(step);
      old.exec(`
        INSERT INTO requests (id, startedAt, origin, action, requestedModel, outcome, costState, costPico, maxTokens)
        VALUES ('A', 1000, 'command', 'ask', 'v/m', 'completed', 'billed', 7, 10),
               ('B', 1001, 'command', 'ask', 'v/n', 'completed', 'estimated', 9, 10);
        INSERT INTO requests (id, startedAt, origin, action, requestedModel, outcome, costState, reservedPico, maxTokens)
        VALUES ('C', 1002, 'command', 'ask', 'v/o', 'failed', 'unknown', 5, 10),
               ('D', 1003, 'command', 'ask', 'v/o', 'failed', 'unknown', NULL, 10),
               ('E', 1004, 'command', 'ask', 'v/o', 'failed', 'pending', 30, 10);
        PRAGMA user_version = ${version}`);
      old.close();
      const { store, queries } = ledgers.open();
      const { requests, spentPico, estimatedPico, heldPico } = await store.totals({});
      assert.deepEqual([requests, spentPico, estimatedPico, heldPico], [5, 7n, 9n, 35n]);
      assert.equal((await store.get('A'))?.requestedModel, 'v/m');
      assert.equal((await store.get('A'))?.endpoint, undefined);
      const byCost = await queries.rows({ sort: 'cost', limit: 9 });
      assert.deepEqual(
        byCost.rows.map(row => row.id),
        ['B', 'A', 'E', 'D', 'C'],
      );
      assert.deepEqual(
        (await queries.split('model', {})).map(part => [part.value, part.heldPico]),
        [
          ['v/n', 0n],
          ['v/m', 0n],
          ['v/o', 35n],
        ],
      );
      await store.update('A', { costPico: 8n });
      await store.update('C', { costState: 'settled', costPico: 1n });
      assert.deepEqual([(await store.totals({})).spentPico, (await store.totals({})).heldPico], [9n, 30n]);
      const later = draft({ endpoint: 'https://a.example' });
      await store.begin(later);
      assert.equal((await store.get(later.id))?.endpoint, 'https://a.example');
    });
  }

  test('another window sees what this one wrote', async () => {
    const [one, two] = [ledgers.open(), ledgers.open()];
    const row = draft({ reservedPico: 5n });
    await one.store.begin(row);
    await two.store.update(row.id, billed(4n));
    assert.equal((await one.store.get(row.id))?.costPico, 4n);
  });

  test('own totals leave other windows out', async () => {
    const [one, two] = [ledgers.open(), ledgers.open()];
    await one.store.begin(draft({ reservedPico: 5n }));
    await two.store.begin(draft({ reservedPico: 7n }));
    assert.equal((await one.store.totals({}, true)).heldPico, 5n);
    assert.equal((await one.store.totals({})).heldPico, 12n);
    const session = { kind: 'session', limitPico: 10n, period: {}, ownRowsOnly: true } as const;
    assert.equal((await one.store.begin(draft({ reservedPico: 5n }), [session])).ok, true);
    assert.equal((await one.store.begin(draft({ reservedPico: 1n }), [session])).ok, false);
  });

  test('ten requests in three windows against a limit for six: six go, four are asked about', async () => {
    const windows = [ledgers.open(), ledgers.open(), ledgers.open()];
    const limit = { kind: 'daily', limitPico: 600n, period: {} } as const;
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        windows[index % 3]?.store.begin(draft({ reservedPico: 100n }), [limit]),
      ),
    );
    assert.equal(results.filter(result => result?.ok).length, 6);
    const refused = results.filter(result => result && !result.ok);
    assert.equal(refused.length, 4);
    const { requests, heldPico } = (await windows[0]?.store.totals({})) ?? {};
    assert.deepEqual([requests, heldPico], [6, 600n]);
  });

  test('a dead window’s running rows are closed, a living one’s are not', async () => {
    const [dead, living, me] = [ledgers.open(), ledgers.open(), ledgers.open()];
    const [withId, withoutId, running] = [draft(), draft(), draft()];
    await dead.store.begin(withId);
    await dead.store.update(withId.id, { generationId: 'gen-1' });
    await dead.store.begin(withoutId);
    await living.store.begin(running);
    dead.store.dispose();
    const changed: string[] = [];
    me.store.onDidChange(({ id }) => changed.push(id));
    const closed = await me.leases.recover(9_000);
    assert.deepEqual([...closed].sort(), [withId.id, withoutId.id]);
    assert.deepEqual(changed, closed);
    const states = await Promise.all([withId, withoutId, running].map(row => me.store.get(row.id)));
    assert.deepEqual(
      states.map(row => [row?.outcome, row?.costState, row?.endedAt]),
      [
        ['interrupted', 'pending', 9_000],
        ['interrupted', 'unknown', 9_000],
        ['started', 'pending', undefined],
      ],
    );
    assert.deepEqual(await me.leases.recover(9_500), []);
    assert.deepEqual(
      (await me.leases.claim(9_000, 100, 9)).map(claim => claim.entry.id),
      [withId.id],
    );
  });

  test('a row is its own window’s to settle, until it is overdue or that window is dead', async () => {
    const [one, two] = [ledgers.open(), ledgers.open()];
    const row = draft();
    await one.store.begin(row);
    await one.store.update(row.id, unsettled());
    assert.deepEqual(await two.leases.claim(61_999, 100, 9), []);
    assert.equal(await two.leases.nextDueMs(), 62_000);
    assert.equal((await one.leases.claim(2_000, 60_500, 9)).length, 1);
    assert.deepEqual(await two.leases.claim(62_000, 100, 9), []);
    await one.leases.postpone(row.id, 3_000);
    one.store.dispose();
    assert.equal((await two.leases.claim(63_000, 100, 9)).length, 1);
  });

  test('two windows never hold the same row', async () => {
    const windows = [ledgers.open(), ledgers.open()];
    for (let i = 0; i < 20; i++) {
      const row = draft();
      await windows[i % 2]?.store.begin(row);
      await windows[i % 2]?.store.update(row.id, unsettled());
    }
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) => windows[index % 2]?.leases.claim(90_000, 100, 3)),
    );
    const ids = claims.flatMap(claim => claim?.map(({ entry }) => entry.id) ?? []);
    assert.equal(ids.length, 20);
    assert.equal(new Set(ids).size, 20);
  });

  test(`${bulkRows} ten-millionths of a dollar are exactly their sum`, async () => {
    const bulk = new DatabaseSync(ledgers.path);
    for (const step of migrations.slice(0, 2)) bulk.exec(step);
    bulk.exec(`
      PRAGMA user_version = 2;
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${bulkRows})
      INSERT INTO requests (id, startedAt, origin, action, requestedModel, outcome, costState, costPico, maxTokens)
      SELECT printf('M%07d', i), i * 30000, 'command', 'ask', 'v/m', 'completed', 'billed', 100000, 10 FROM n`);
    bulk.close();
    const { store, queries } = ledgers.open();
    assert.equal((await store.totals({})).spentPico, BigInt(bulkRows) * 100_000n);
    assert.equal((await queries.split('model', {}))[0]?.spentPico, BigInt(bulkRows) * 100_000n);
  }).timeout(120_000);

  test('what is deleted leaves no trace of its text in the file', async () => {
    const { store, queries } = ledgers.open();
    const row = draft({ prompt: 'xyzzy-the-secret-words' });
    await store.begin(row);
    await store.update(row.id, billed(1n, { answer: 'xyzzy-the-answer' }));
    await queries.deleteRows({});
    store.dispose();
    assert.equal(readFileSync(ledgers.path).includes('xyzzy'), false);
  });

  test('what is deleted leaves no trace of its names in the sums', async () => {
    const { store, queries } = ledgers.open();
    const names = { workspace: 'xyzzy-workspace', requestedModel: 'xyzzy/model', languageId: 'xyzzy-script' };
    const [gone, kept] = [draft(names), draft()];
    await store.begin(gone);
    await store.update(gone.id, billed(1n, { provider: 'xyzzy-provider', servedModel: 'xyzzy/served' }));
    await store.begin(kept);
    assert.equal(await queries.deleteRows({}), 1);
    assert.equal((await store.totals({})).requests, 1);
    assert.deepEqual(
      (await queries.split('model', {})).map(({ value }) => value),
      ['vendor/model'],
    );
    store.dispose();
    assert.equal(readFileSync(ledgers.path).includes('xyzzy'), false);
  });

  test('reading every row gives others a turn after each page, so that it can be stopped', async () => {
    const { store, queries } = ledgers.open();
    for (let row = 0; row < 1_200; row++) await store.begin(draft());
    let isStopped = false;
    void yieldToEventLoop().then(() => {
      isStopped = true;
    });
    let read = 0;
    for await (const _ of queries.allRows({})) {
      if (isStopped) break;
      read += 1;
    }
    assert.equal(read, 500);
  });

  test('names the damaged files that were set aside, without what belongs to them', async () => {
    const { store, queries } = ledgers.open();
    await store.begin(draft());
    assert.deepEqual(await queries.setAside(), []);
    for (const end of ['', '-wal'])
      writeFileSync(`${ledgers.path}.damaged-2026-01-02T03-04-05-678Z${end}`, '');
    assert.deepEqual(await queries.setAside(), ['ledger.sqlite.damaged-2026-01-02T03-04-05-678Z']);
  });
});
