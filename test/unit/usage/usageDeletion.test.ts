import assert from 'node:assert/strict';
import { UsageDeletion } from '../../../src/app/usage/usageDeletion';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { addDays } from '../../../src/core/ledger/localDays';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { FakeDialogs } from '../../support/usage/fakeDialogs';
import { sampleEntry } from '../../support/usage/sampleLedger';

const now = new Date(2026, 7, 5, 12).getTime();

suite('Deleting usage history', () => {
  let ledger: LedgerParts;
  let dialogs: FakeDialogs;
  let deletion: UsageDeletion;

  setup(async () => {
    ledger = createMemoryLedgerParts();
    dialogs = new FakeDialogs();
    // One request each 0, 29, 30, 31, 89, 91 and 400 days ago, just after midnight; one that runs.
    for (const [index, days] of [0, 29, 30, 31, 89, 91, 400].entries()) {
      await ledger.store.put(sampleEntry(index, addDays(now, -days)));
    }
    await ledger.store.put({ ...sampleEntry(9, now), outcome: 'started' });
    deletion = new UsageDeletion(ledger.queries, dialogs, () => now);
  });

  const left = async () => (await ledger.queries.usage({})).requests;

  for (const [label, deleted] of [
    ['Older than 30 days', 4],
    ['Older than 90 days', 2],
    ['Older than 365 days', 1],
    ['Everything', 7],
  ] as const) {
    test(`"${label}" says how many, asks, and deletes just those`, async () => {
      dialogs.answers.push(label, 'Delete');
      await deletion.run();
      assert.equal(await left(), 8 - deleted);
      assert.equal(
        dialogs.shown.at(-1),
        `Deleted ${deleted} request${deleted === 1 ? '' : 's'} from the usage history.`,
      );
    });
  }

  test('a typed day is kept, what lies before it is deleted', async () => {
    dialogs.answers.push('Before a day…', '2026-07-06', 'Delete');
    await deletion.run();
    assert.equal(await left(), 4);
  });

  test('what is not a day is not taken', async () => {
    dialogs.answers.push('Before a day…', '6.7.2026');
    await deletion.run();
    assert.equal(await left(), 8);
    assert.match(dialogs.shown.at(-1) ?? '', /^Write a day/);
  });

  for (const answer of [undefined, 'Show File']) {
    test(`nothing is deleted when the question is answered with ${answer ?? 'Cancel'}`, async () => {
      dialogs.answers.push('Everything', ...(answer ? [answer] : []));
      await deletion.run();
      assert.equal(await left(), 8);
    });
  }

  test('the question says how many and where the file lies, and can show it', async () => {
    const queries = Object.assign(Object.create(ledger.queries), { location: '/home/me/ledger.sqlite' });
    dialogs.answers.push('Older than 90 days', 'Show File');
    await new UsageDeletion(queries, dialogs, () => now).run();
    const [message, detail] = dialogs.shown.slice(-2);
    assert.match(message ?? '', /^Delete 2 requests/);
    assert.match(detail ?? '', /\/home\/me\/ledger\.sqlite/);
    assert.deepEqual(dialogs.revealed, ['/home/me/ledger.sqlite']);
  });

  test('damaged files set aside earlier are said to be kept, whether or not rows are deleted', async () => {
    const queries: LedgerQueries = Object.assign(Object.create(ledger.queries), {
      location: '/home/me/ledger.sqlite',
      setAside: async () => ['ledger.sqlite.damaged-1', 'ledger.sqlite.damaged-2'],
    });
    const withAside = new UsageDeletion(queries, dialogs, () => now);
    const said =
      /damaged and set aside earlier is not touched: ledger\.sqlite\.damaged-1, ledger\.sqlite\.damaged-2/;
    dialogs.answers.push('Everything', 'Delete');
    await withAside.run();
    assert.match(dialogs.shown.at(-2) ?? '', said);
    dialogs.answers.push('Older than 365 days');
    await withAside.run();
    assert.match(dialogs.shown.at(-1) ?? '', /has no requests/);
    assert.match(dialogs.shown.at(-1) ?? '', said);
  });

  test('an empty stretch is said to be empty', async () => {
    await ledger.queries.deleteRows({});
    dialogs.answers.push('Older than 365 days');
    await deletion.run();
    assert.match(dialogs.shown.at(-1) ?? '', /has no requests/);
  });
});
