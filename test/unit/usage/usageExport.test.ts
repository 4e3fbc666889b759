import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExportTarget, SaveOptions } from '../../../src/app/ports/dialogs';
import { warnOfLedgerFault } from '../../../src/app/usage/ledgerFaultWarning';
import { UsageExport } from '../../../src/app/usage/usageExport';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { ExportFile } from '../../../src/core/usage/exportFile';
import { openDiskExportFile } from '../../../src/storage/diskExportFile';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { FakeDialogs } from '../../support/usage/fakeDialogs';
import { sampleEntry } from '../../support/usage/sampleLedger';

const now = new Date(2026, 7, 5, 12).getTime();

class ExportDialogs extends FakeDialogs {
  suggested: string | undefined;

  constructor(private readonly target: ExportTarget) {
    super();
  }

  async saveFile({ name }: SaveOptions): Promise<ExportTarget> {
    this.suggested = name;
    return this.target;
  }

  async progress<T>(
    _title: string,
    task: (signal: AbortSignal, report: () => void) => Promise<T>,
  ): Promise<T> {
    return task(new AbortController().signal, () => undefined);
  }
}

suite('Exporting usage', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ask-openrouter-export-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const runExport = async (name: string, openFile = openDiskExportFile, form = 'JSON Lines') => {
    const { store, queries } = createMemoryLedgerParts();
    await store.put({ ...sampleEntry(0, now), workspace: '=1+1' });
    const dialogs = new ExportDialogs({
      name,
      path: join(folder, name),
      open: () => openFile(join(folder, name)),
    });
    dialogs.answers.push('Today', form);
    await new UsageExport(queries, dialogs, () => now).run();
    return dialogs;
  };

  test('suggests a name with the day and the ending', async () => {
    assert.equal((await runExport('usage.jsonl')).suggested, 'openrouter-usage-2026-08-05.jsonl');
  });

  test('says how many requests are in which file', async () => {
    const { shown } = await runExport('usage.jsonl');
    assert.equal(shown.at(-1), 'Exported 1 request to usage.jsonl.');
    assert.equal((await readFile(join(folder, 'usage.jsonl'), 'utf8')).trim().split('\n').length, 1);
  });

  test('a form for decimal commas is offered, ends like CSV, and says what was done for spreadsheets', async () => {
    const { shown, suggested } = await runExport('usage.csv', openDiskExportFile, 'CSV with semicolons');
    assert.equal(suggested, 'openrouter-usage-2026-08-05.csv');
    assert.match(
      shown.at(-1) ?? '',
      /^Exported 1 request to usage\.csv\. 1 text that .* apostrophe in front\.$/,
    );
  });

  test('to a folder that is gone says so', async () => {
    const path = join(folder, 'none', 'usage.jsonl');
    const { shown } = await runExport('usage.jsonl', () => openDiskExportFile(path));
    assert.equal(
      shown.at(-1),
      'usage.jsonl could not be written: its folder is not there. Nothing of it was left behind.',
    );
  });

  test('to a full disk says so, and leaves nothing', async () => {
    const openFull = async (path: string): Promise<ExportFile> => ({
      ...(await openDiskExportFile(path)),
      write: () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' })),
    });
    const { shown } = await runExport('usage.jsonl', openFull);
    assert.match(shown.at(-1) ?? '', /^usage\.jsonl could not be written: the disk is full\. /);
    assert.deepEqual(await readdir(folder), []);
  });

  test('does not hide a surprise', async () => {
    const openBroken = async () => Promise.reject(new TypeError('broken'));
    await assert.rejects(runExport('usage.jsonl', openBroken), /broken/);
  });
});

suite('A ledger that cannot be read while the user waits for it', () => {
  test('is told in plain words', async () => {
    const dialogs = new FakeDialogs();
    await warnOfLedgerFault(dialogs, () => Promise.reject(new LedgerFault('locked', 'database is locked')));
    assert.match(
      dialogs.shown.join(),
      /^This could not be finished\. Another program holds the usage history\./,
    );
  });

  test('does not hide a surprise', async () => {
    const broken = warnOfLedgerFault(new FakeDialogs(), () => Promise.reject(new TypeError('broken')));
    await assert.rejects(broken, /broken/);
  });
});
