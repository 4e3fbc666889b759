import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LedgerDraft } from '../../../src/core/ledger/ledger';
import type { ResilientLedger } from '../../../src/core/ledger/resilient/resilientLedger';
import { type LedgerFault, ledgerFaultText } from '../../../src/core/money/ledgerFault';
import { schemaVersion } from '../../../src/storage/ledgerMigrations';
import { openLedger } from '../../../src/storage/openLedger';
import { billed, draft, unsettled } from './rows';
import { TempLedgers } from './tempLedgers';
import { settleDown, VirtualTime } from './virtualTime';

const nobody = 65_534;

suite('Ledger with a faulty file', () => {
  let ledgers: TempLedgers;
  let time: VirtualTime;
  let opened: ResilientLedger[];
  let faults: LedgerFault[];
  let onDidOpen: (database: DatabaseSync) => void;

  setup(() => {
    ledgers = new TempLedgers();
    time = new VirtualTime();
    opened = [];
    faults = [];
    onDidOpen = () => undefined;
  });
  teardown(() => {
    for (const ledger of opened) ledger.dispose();
    ledgers.dispose();
  });

  const open = (folder = ledgers.folder): ResilientLedger => {
    const { ledger, onDidFault } = openLedger(folder, {
      windowId: `F${opened.length}x${faults.length}`,
      // One try per call: only the test's own clock moves.
      patienceMs: 0,
      schedule: time.schedule,
      onDidOpen: database => onDidOpen(database),
    });
    onDidFault(fault => faults.push(fault));
    opened.push(ledger);
    return ledger;
  };
  /** One whole request, as an asker sees it; it must never reject. */
  const ask = async (ledger: ResilientLedger, costPico = 1n, fields: Partial<LedgerDraft> = {}) => {
    const row = draft(fields);
    assert.equal((await ledger.begin(row)).ok, true);
    await ledger.update(row.id, { generationId: 'gen-1' });
    await ledger.update(row.id, billed(costPico));
    assert.equal((await ledger.get(row.id))?.costPico, costPico);
    return row.id;
  };
  const kinds = () => faults.map(fault => fault.kind);
  /** What a fresh window reads from the file. */
  const written = async () => {
    const fresh = ledgers.open();
    const { requests, spentPico } = await fresh.store.totals({});
    fresh.store.dispose();
    return [requests, spentPico];
  };
  const fill = async (rows: number) => {
    const { store } = ledgers.open();
    for (let i = 0; i < rows; i++) {
      const row = draft({ prompt: 'x'.repeat(2_000) });
      await store.begin(row);
      await store.update(row.id, billed(1n));
    }
    store.dispose();
  };

  test('another program writing for seconds delays the record, not the request', async () => {
    const ledger = open();
    await ask(ledger, 1n);
    const running = draft({ reservedPico: 50n });
    await ledger.begin(running);
    const other = new DatabaseSync(ledgers.path);
    other.exec('BEGIN IMMEDIATE');
    await ask(ledger, 20n);
    await ledger.update(running.id, billed(300n));
    assert.deepEqual(kinds(), ['locked']);
    assert.deepEqual([(await ledger.totals({})).spentPico, (await ledger.totals({})).heldPico], [321n, 0n]);
    while (time.now < 5_000) assert.equal(await time.runNext(), true, 'it keeps trying');
    assert.equal((await ledger.totals({})).requests, 3);
    other.exec('ROLLBACK');
    other.close();
    await time.runAll();
    assert.deepEqual(await written(), [3, 321n]);
    assert.deepEqual(kinds(), ['locked'], 'told once');
  });

  test('a file that another program keeps to itself is caught up with later', async () => {
    await fill(1);
    const other = new DatabaseSync(ledgers.path);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE requests SET maxTokens = 5');
    const ledger = open();
    await ask(ledger, 20n);
    assert.deepEqual(kinds(), ['locked']);
    await ask(ledger, 5n);
    other.exec('COMMIT');
    other.close();
    await time.runAll();
    assert.deepEqual(await written(), [3, 26n]);
  });

  test('limits that cannot be checked stop the request, unless it is sent without them', async () => {
    await fill(1);
    const other = new DatabaseSync(ledgers.path);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; UPDATE requests SET maxTokens = 5');
    const ledger = open();
    await ask(ledger, 20n);
    const limit = { kind: 'daily', limitPico: 25n, period: {} } as const;
    const row = draft({ reservedPico: 5n });
    assert.deepEqual(await ledger.begin(row, [limit]), { ok: false, passed: [], unchecked: 'locked' });
    assert.deepEqual([await ledger.get(row.id), (await ledger.totals({})).heldPico], [undefined, 0n]);
    const dear = await ledger.begin(draft({ reservedPico: 6n }), [limit]);
    assert.deepEqual(dear.ok || dear.passed.map(({ overPico }) => overPico), [1n], 'what is known counts');
    assert.deepEqual(await ledger.begin(row), { ok: true });
    other.exec('COMMIT');
    other.close();
    await time.runAll();
    const seen = await ledger.begin(draft(), [limit]);
    assert.deepEqual(seen.ok || seen.passed.map(({ committedPico }) => committedPico), [26n]);
  });

  test('a session’s limit holds while the file is out of reach: its own rows go on counting', async () => {
    const ledger = open();
    await ask(ledger, 20n);
    const stopped = draft({ reservedPico: 9n });
    await ledger.begin(stopped);
    await ledger.update(stopped.id, unsettled());
    await ledger.leases.settle(stopped.id, { costState: 'settled', costPico: 3n });
    renameSync(ledgers.path, `${ledgers.path}.away`);
    mkdirSync(ledgers.path);
    const session = { kind: 'session', limitPico: 25n, period: {}, ownRowsOnly: true } as const;
    const dear = await ledger.begin(draft({ reservedPico: 3n }), [session]);
    assert.deepEqual(dear.ok || dear.passed.map(({ committedPico }) => committedPico), [23n]);
    assert.deepEqual(await ledger.begin(draft({ reservedPico: 2n }), [session]), { ok: true });
    const daily = { kind: 'daily', limitPico: 30n, period: {} } as const;
    const unseen = await ledger.begin(draft(), [daily]);
    assert.deepEqual(unseen, { ok: false, passed: [], unchecked: 'unavailable' });
    rmdirSync(ledgers.path);
    renameSync(`${ledgers.path}.away`, ledgers.path);
    await time.runAll();
    assert.deepEqual([(await ledger.totals({})).spentPico, (await written())[0]], [23n, 3]);
  });

  test('limits count what is held back as well as what is written', async () => {
    const ledger = open();
    await ask(ledger, 40n);
    const other = new DatabaseSync(ledgers.path);
    other.exec('BEGIN IMMEDIATE');
    await ask(ledger, 50n);
    const limit = { kind: 'daily', limitPico: 100n, period: {} } as const;
    assert.equal((await ledger.begin(draft({ reservedPico: 11n }), [limit])).ok, false);
    assert.deepEqual(await ledger.begin(draft({ reservedPico: 10n }), [limit]), { ok: true });
    other.close();
  });

  test('with the disk full, requests go on and are written when there is room', async () => {
    let isFull = true;
    onDidOpen = database => {
      const { page_count: pages } = database.prepare('PRAGMA page_count').get() ?? {};
      if (isFull) database.exec(`PRAGMA max_page_count = ${pages}`);
    };
    const ledger = open();
    const big = { prompt: 'x'.repeat(20_000) };
    for (let i = 0; i < 5; i++) await ask(ledger, 1n, big);
    assert.deepEqual(kinds(), ['full']);
    assert.equal((await ledger.totals({})).spentPico, 5n);
    isFull = false;
    await time.runAll();
    assert.deepEqual(await written(), [5, 5n]);
  });

  test('where no folder can be made, requests go on', async () => {
    const file = join(ledgers.folder, 'file');
    writeFileSync(file, '');
    const ledger = open(join(file, 'below'));
    await ask(ledger);
    await ask(ledger);
    assert.deepEqual(kinds(), ['unavailable']);
    assert.equal((await ledger.totals({})).requests, 2);
  });

  test('in a read-only folder requests go on, and are written when it may be written again', async function () {
    if (!process.geteuid || !process.seteuid) return this.skip();
    await fill(1);
    const euid = process.geteuid();
    const paths = [ledgers.folder, join(ledgers.folder, 'windows'), ledgers.path];
    const allow = (mode: number) => {
      for (const path of paths) chmodSync(path, mode);
    };
    // Permissions do not bind root, so the test becomes somebody they do bind.
    if (euid === 0) for (const path of paths) chownSync(path, nobody, nobody);
    if (euid === 0) process.seteuid(nobody);
    try {
      allow(0o500);
      const ledger = open();
      await ask(ledger, 20n);
      assert.match(kinds().join(), /^(readOnly|unavailable)$/);
      allow(0o700);
      await time.runAll();
      assert.deepEqual(await written(), [2, 21n]);
      ledger.dispose();
    } finally {
      process.seteuid(euid);
      allow(0o700);
    }
  });

  const damages: Readonly<Record<string, () => void>> = {
    'cut in half': () => truncateSync(ledgers.path, Math.floor(statSync(ledgers.path).size / 2)),
    'cut to a few bytes': () => truncateSync(ledgers.path, 37),
    'full of something else': () => writeFileSync(ledgers.path, 'this is no database\n'.repeat(500)),
    'overwritten behind its header': () => {
      const bytes = readFileSync(ledgers.path);
      writeFileSync(ledgers.path, bytes.fill(0xa5, 4_096));
    },
  };
  for (const [how, damage] of Object.entries(damages)) {
    test(`a file ${how} is set aside, kept, and told of once`, async () => {
      await fill(20);
      damage();
      const damaged = readFileSync(ledgers.path);
      const ledger = open();
      await ask(ledger, 5n);
      await ask(ledger, 6n);
      await time.runAll();
      assert.deepEqual(kinds(), ['damaged']);
      const asidePath = faults[0]?.asidePath ?? '';
      assert.deepEqual(readFileSync(asidePath), damaged);
      assert.match(ledgerFaultText({ kind: 'damaged', asidePath }), /set aside as .*damaged-/);
      assert.deepEqual(await written(), [2, 11n]);
    });
  }

  test('a request that runs while the file is found damaged is not lost', async () => {
    const ledger = open();
    const running = draft({ reservedPico: 9n });
    await ledger.begin(running);
    const checkpoint = new DatabaseSync(ledgers.path);
    checkpoint.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    checkpoint.close();
    writeFileSync(ledgers.path, 'garbage'.repeat(statSync(ledgers.path).size / 7));
    const other = open();
    await ask(other, 5n);
    assert.deepEqual(kinds(), ['damaged']);
    await ledger.update(running.id, billed(7n));
    await time.runAll();
    const { requests, spentPico } = await ledger.totals({});
    assert.deepEqual([requests, spentPico], [2, 12n]);
    assert.equal(readdirSync(ledgers.folder).filter(name => /damaged-[\dTZ-]+$/.test(name)).length, 1);
  });

  test('a file of a newer version is not touched', async () => {
    await fill(3);
    const newer = new DatabaseSync(ledgers.path);
    newer.exec(`PRAGMA user_version = ${schemaVersion + 1}`);
    newer.close();
    const before = readFileSync(ledgers.path);
    const ledger = open();
    await ask(ledger, 5n);
    for (let i = 0; i < 5; i++) await time.runNext();
    await ask(ledger, 6n);
    assert.deepEqual(kinds(), ['newer']);
    assert.equal((await ledger.totals({})).spentPico, 11n);
    await assert.rejects(ledger.queries.usage({}), { kind: 'newer' });
    assert.deepEqual(await ledger.leases.claim(9_000, 1, 1), []);
    assert.deepEqual(readFileSync(ledgers.path), before);
    assert.deepEqual(
      readdirSync(ledgers.folder).filter(name => name.startsWith('ledger')),
      ['ledger.sqlite'],
    );
  });

  test('a running request can end after its window has lost the file', async () => {
    const ledger = open();
    const row = draft({ reservedPico: 9n });
    await ledger.begin(row);
    const other = new DatabaseSync(ledgers.path);
    other.exec('BEGIN IMMEDIATE');
    await ledger.update(row.id, billed(7n));
    ledger.dispose();
    await settleDown();
    other.close();
    // What could not be written in time is for the next window: the row is still there, as running.
    const next = ledgers.open();
    assert.deepEqual(await next.leases.recover(1), [row.id]);
  });

  for (const [what, impossible] of [
    ['more tokens than there are', { completionTokens: 1e300 }],
    ['tokens that overflow a sum', { promptTokens: 9e18 }],
    ['a number that is none', { promptTokens: Number.NaN }],
    ['tokens below zero', { promptTokens: -1, completionTokens: -5 }],
    ['an endless duration', { durationMs: Number.POSITIVE_INFINITY }],
    ['an impossible upstream bill', { upstreamPico: 2n ** 70n }],
  ] as const) {
    test(`${what}: unknown, and no other row waits or is lost`, async () => {
      const ledger = open();
      for (let request = 0; request < 3; request++) {
        const row = draft();
        await ledger.begin(row);
        await ledger.update(row.id, billed(5n, { ...impossible, reasoningTokens: 7 }));
        const entry = await ledger.get(row.id);
        for (const name of Object.keys(impossible))
          assert.equal(entry?.[name as keyof typeof entry], undefined);
        assert.deepEqual([entry?.reasoningTokens, entry?.costPico], [7, 5n]);
        await ask(ledger, 1n);
      }
      assert.deepEqual(kinds(), []);
      assert.deepEqual(await written(), [6, 18n]);
    });
  }

  for (const [what, costPico] of [
    ['as dear as the file can hold', 9_223_372n * 10n ** 12n],
    ['dearer than the file can hold', 2n ** 80n],
    ['below zero', -1n],
  ] as const) {
    test(`a bill ${what} is unknown and holds its reservation`, async () => {
      const ledger = open();
      const row = draft({ reservedPico: 50n });
      await ledger.begin(row);
      await ledger.update(row.id, billed(costPico));
      const { costPico: kept, costState } = (await ledger.get(row.id)) ?? {};
      assert.deepEqual([kept, costState], [undefined, 'unknown']);
      await ask(ledger, 1n);
      await ask(ledger, 2n);
      assert.deepEqual(kinds(), []);
      assert.deepEqual(await written(), [3, 3n]);
      assert.equal((await ledger.totals({})).heldPico, 50n);
    });
  }

  test('a reservation beyond all bounds holds the most there is, and the limits hold', async () => {
    const ledger = open();
    const limit = { kind: 'daily', limitPico: 10n ** 12n, period: {} } as const;
    assert.equal((await ledger.begin(draft({ reservedPico: 2n ** 70n }), [limit])).ok, false);
    assert.equal((await ledger.begin(draft({ reservedPico: 2n ** 70n }))).ok, true);
    assert.equal((await ledger.begin(draft({ reservedPico: 1n }), [limit])).ok, false);
    assert.deepEqual(kinds(), []);
  });

  /** Makes the file refuse rows, as it would for a figure that no check has met. */
  const refuseRows = (condition: string): void => {
    const file = new DatabaseSync(ledgers.path);
    for (const event of ['INSERT', 'UPDATE']) {
      file.exec(`CREATE TRIGGER refuse${event} BEFORE ${event} ON requests WHEN ${condition}
        BEGIN SELECT RAISE(ABORT, 'refused'); END`);
    }
    file.close();
  };

  test('a row that the file refuses is written without its figures, and no other row waits', async () => {
    const ledger = open();
    await ask(ledger, 1n);
    refuseRows('new.costPico = 13');
    const odd = draft({ reservedPico: 7n, workspace: 'w' });
    await ledger.begin(odd);
    await ledger.update(odd.id, { generationId: 'gen-odd' });
    await ledger.update(odd.id, billed(13n, { promptTokens: 4, finishReason: 'stop' }));
    await ask(ledger, 2n);
    await ask(ledger, 3n);
    const fresh = ledgers.open();
    const row = await fresh.store.get(odd.id);
    assert.deepEqual(
      [row?.outcome, row?.costState, row?.generationId, row?.workspace, row?.finishReason],
      ['completed', 'unknown', 'gen-odd', 'w', 'stop'],
    );
    assert.deepEqual(await written(), [4, 6n]);
    assert.deepEqual(kinds(), ['refused']);
    assert.equal((await ledger.totals({})).unknownRequests, 1);
  });

  test('a row that the file refuses in every form stays in memory, and all others are written', async () => {
    const ledger = open();
    await ask(ledger, 1n);
    const odd = draft({ action: 'odd' });
    await ledger.begin(odd);
    refuseRows(`new.action = 'odd' AND new.outcome <> 'started'`);
    await ledger.update(odd.id, billed(13n));
    for (let request = 0; request < 3; request++) await ask(ledger, 2n);
    await time.runAll();
    assert.deepEqual(await written(), [5, 7n]);
    assert.equal((await ledger.totals({})).spentPico, 20n, 'what this window spent counts all the same');
    assert.deepEqual(kinds(), ['refused']);
    assert.equal(time.pending, 0, 'it is not tried for ever');
  });

  test('a cost that the file refuses to settle is unknown, and the next rows are settled', async () => {
    const ledger = open();
    const [odd, good] = [draft({ reservedPico: 9n }), draft()];
    for (const row of [odd, good]) {
      await ledger.begin(row);
      await ledger.update(row.id, unsettled());
    }
    refuseRows('new.costPico = 13');
    await ledger.leases.claim(9_000, 100, 9);
    assert.equal(await ledger.leases.settle(odd.id, { costState: 'settled', costPico: 13n }), true);
    assert.equal(await ledger.leases.settle(good.id, { costState: 'settled', costPico: 2n ** 70n }), true);
    const states = await Promise.all([odd, good].map(async ({ id }) => (await ledger.get(id))?.costState));
    assert.deepEqual(states, ['unknown', 'unknown']);
    assert.deepEqual(kinds(), ['refused']);
  });
});
