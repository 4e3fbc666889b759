import assert from 'node:assert/strict';
import { UsageCommands } from '../../../src/app/usage/usageCommands';
import { UsageDeletion } from '../../../src/app/usage/usageDeletion';
import { UsageExport } from '../../../src/app/usage/usageExport';
import { UsagePageHandler } from '../../../src/app/usage/usagePageHandler';
import { UsageReconciling } from '../../../src/app/usage/usageReconciling';
import { UsageView } from '../../../src/app/usage/usageView';
import { fail } from '../../../src/core/chat/result';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { ToUsagePage } from '../../../src/protocol/usageMessages';
import type { WhatIfState } from '../../../src/protocol/whatIfState';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { FakeDialogs } from '../../support/usage/fakeDialogs';
import { sampleEntry } from '../../support/usage/sampleLedger';
import { createWhatIf } from '../../support/usage/whatIfParts';

const now = new Date(2026, 7, 5, 12).getTime();

/** Dialogs that also write down what left the extension. */
class LeavingDialogs extends FakeDialogs {
  readonly left: string[] = [];
  copy = async (text: string): Promise<void> => void this.left.push(`copied ${text}`);
  openLink = async (href: string): Promise<void> => void this.left.push(`opened ${href}`);
  saveFile = async (): Promise<undefined> => undefined;
  progress = (): Promise<never> => assert.fail('nothing was to be written');
}

/** The usage page's host side over a ledger in memory. */
function build(ledger: LedgerParts, queries: LedgerQueries = ledger.queries) {
  const dialogs = new LeavingDialogs();
  const posted: ToUsagePage[] = [];
  const logged: string[] = [];
  const asked: string[] = [];
  const clock = () => now;
  const noPrice = async () => undefined;
  const report = (error: unknown): void => assert.fail(String(error));
  const clients = { account: async () => fail({ kind: 'noKey' } as const) };
  const view = new UsageView(ledger.store, queries, noPrice, report, clock);
  view.onDidPost(message => posted.push(message));
  const exporting = new UsageExport(queries, dialogs, clock);
  const reconciling = new UsageReconciling(ledger.store, queries, clients, noPrice, dialogs, clock);
  const deletion = new UsageDeletion(queries, dialogs, clock);
  const log = { warn: (message: string) => void logged.push(message) };
  const ask = (): void => void asked.push('ask');
  const openRouterLog = { open: async (id: string) => void dialogs.left.push(`record of ${id}`) };
  const { store } = ledger;
  const whatIf = createWhatIf({ store, queries, filter: () => view.rowFilter, report });
  const whatIfs: WhatIfState[] = [];
  whatIf.view.onDidChange(state => whatIfs.push(state));
  const handler = new UsagePageHandler({
    view,
    exporting,
    reconciling,
    deletion,
    queries,
    dialogs,
    log,
    ask,
    openRouterLog,
    whatIf: whatIf.commands,
  });
  const page = {
    isOpen: false,
    show: () => {
      page.isOpen = true;
    },
  };
  const commands = new UsageCommands(page, view, exporting, reconciling, deletion, dialogs);
  return { view, handler, commands, page, dialogs, posted, logged, asked, whatIfs };
}

suite('What the usage page asks of its host', () => {
  let ledger: LedgerParts;
  setup(async () => {
    ledger = createMemoryLedgerParts();
    await ledger.store.put(sampleEntry(0, now));
  });

  test('what-if follows the period and the list', async () => {
    const { handler, whatIfs } = build(ledger);
    await handler.handle({ type: 'whatIf', model: 'acme/other', route: 'listed' });
    await handler.handle({ type: 'period', period: 'all' });
    await handler.handle({ type: 'list', filter: { action: 'none' }, sort: 'time', ascending: false });
    const ended = whatIfs.filter(({ isReading }) => !isReading);
    assert.deepEqual(
      ended.map(({ result }) => result?.total.requests),
      [1, 1, 0],
    );
  });

  test('a period, a list, a page and a request are answered from the ledger', async () => {
    const { handler, view, posted } = build(ledger);
    await view.greet();
    posted.length = 0;
    await handler.handle({ type: 'period', period: 'all' });
    await handler.handle({ type: 'list', filter: { text: 'x' }, sort: 'cost', ascending: true });
    await handler.handle({ type: 'open', id: sampleEntry(0, now).id });
    assert.deepEqual(
      posted.map(({ type }) => type),
      ['summary', 'list', 'list', 'details'],
    );
  });

  test('the record of a request is looked up by its id, which is in the clipboard by then', async () => {
    const { handler, dialogs } = build(ledger);
    await handler.handle({ type: 'openLogs', id: 'gen-1' });
    assert.deepEqual(dialogs.left, ['copied gen-1', 'opened https://openrouter.ai/logs']);
  });

  test('OpenRouter’s own record is opened for the row that is named', async () => {
    const { handler, dialogs } = build(ledger);
    await handler.handle({ type: 'openInOpenRouter', id: 'row-1' });
    assert.deepEqual(dialogs.left, ['record of row-1']);
  });

  test('the details of a request explain what it cost', async () => {
    const { handler, posted } = build(ledger);
    await handler.handle({ type: 'open', id: sampleEntry(0, now).id });
    const [told] = posted;
    assert.ok(told?.type === 'details');
    assert.match(told.details.explanation?.evidence ?? '', /Generation id: gen-/);
  });

  test('the file is shown where there is one', async () => {
    const inMemory = build(ledger);
    await inMemory.handler.handle({ type: 'revealFile' });
    assert.deepEqual(inMemory.dialogs.revealed, []);
    const queries = Object.assign(Object.create(ledger.queries), { location: '/home/me/ledger.sqlite' });
    const onDisk = build(ledger, queries);
    await onDisk.handler.handle({ type: 'revealFile' });
    assert.deepEqual(onDisk.dialogs.revealed, ['/home/me/ledger.sqlite']);
  });

  test('an error of the page is logged, a question is begun', async () => {
    const { handler, logged, asked } = build(ledger);
    await handler.handle({ type: 'pageError', message: 'x is not defined' });
    await handler.handle({ type: 'ask' });
    assert.deepEqual([logged, asked], [['Usage page: x is not defined'], ['ask']]);
  });

  test('a ledger that cannot be read just now is told in plain words', async () => {
    const broken = Object.assign(Object.create(ledger.queries), {
      usage: () => Promise.reject(new LedgerFault('locked', 'SQLITE_BUSY')),
    });
    const { handler, dialogs } = build(ledger, broken);
    await handler.handle({ type: 'deleteHistory' });
    assert.match(dialogs.shown.join(), /This could not be finished\. Another program holds/);
  });
});

suite('The commands of the usage page', () => {
  test('reconciling shows the page first, where its findings appear', async () => {
    const { commands, page, dialogs } = build(createMemoryLedgerParts());
    await commands.reconcile();
    assert.equal(page.isOpen, true);
    assert.match(dialogs.shown.join(), /key/i);
  });

  test('exporting offers what the page shows only while it is open', async () => {
    const { commands, dialogs } = build(createMemoryLedgerParts());
    const offered = async (): Promise<boolean> => {
      dialogs.shown.length = 0;
      await commands.exportUsage();
      return dialogs.shown.some(text => text.startsWith('As shown'));
    };
    assert.equal(await offered(), false);
    commands.show();
    assert.equal(await offered(), true);
  });
});
