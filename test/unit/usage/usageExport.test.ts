import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import type { ExportFile } from '../../../src/core/usage/exportFile';
import { openDiskExportFile } from '../../../src/storage/diskExportFile';
import { orTellFault } from '../../../src/app/usage/ledgerTrouble';
import { UsageExport } from '../../../src/app/usage/usageExport';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { FakeDialogs } from '../../support/usage/fakeDialogs';
import { sampleEntry } from '../../support/usage/sampleLedger';

const now = new Date(2026, 7, 5, 12).getTime();

/** As much of a `file:` URI as an export looks at. */
function fileUri(path: string): vscode.Uri {
  const uri = { scheme: 'file', path, fsPath: path, with: (part: { path: string }) => fileUri(part.path) };
  return uri as unknown as vscode.Uri;
}

class ExportDialogs extends FakeDialogs {
  suggested: string | undefined;

  constructor(private readonly target: string) {
    super();
  }

  async saveFile({ defaultUri }: vscode.SaveDialogOptions): Promise<vscode.Uri> {
    this.suggested = defaultUri?.path;
    return fileUri(this.target);
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

  const runExport = async (name: string, suggestIn = '/home/me', openFile = openDisk) => {
    const { store, queries } = createMemoryLedgerParts();
    await store.put(sampleEntry(0, now));
    const dialogs = new ExportDialogs(join(folder, name));
    dialogs.answers.push('Today', 'JSON Lines');
    await new UsageExport({
      queries,
      dialogs,
      openFile,
      suggestIn: () => fileUri(suggestIn),
      now: () => now,
    }).run();
    return dialogs;
  };
  const openDisk = (target: vscode.Uri) => openDiskExportFile(target.fsPath);

  test('suggests a name in the folder at hand', async () => {
    assert.equal((await runExport('usage.jsonl')).suggested, '/home/me/openrouter-usage-2026-08-05.jsonl');
    assert.equal((await runExport('usage.jsonl', '/')).suggested, '/openrouter-usage-2026-08-05.jsonl');
  });

  test('says how many requests are in which file', async () => {
    const { shown } = await runExport('usage.jsonl');
    assert.equal(shown.at(-1), 'Exported 1 request to usage.jsonl.');
    assert.equal((await readFile(join(folder, 'usage.jsonl'), 'utf8')).trim().split('\n').length, 1);
  });

  test('to a folder that is gone says so', async () => {
    const { shown } = await runExport(join('none', 'usage.jsonl'));
    assert.equal(
      shown.at(-1),
      'usage.jsonl could not be written: its folder is not there. Nothing of it was left behind.',
    );
  });

  test('to a full disk says so, and leaves nothing', async () => {
    const openFull = async (target: vscode.Uri): Promise<ExportFile> => ({
      ...(await openDisk(target)),
      write: () => Promise.reject(Object.assign(new Error('write'), { code: 'ENOSPC' })),
    });
    const { shown } = await runExport('usage.jsonl', '/home/me', openFull);
    assert.match(shown.at(-1) ?? '', /^usage\.jsonl could not be written: the disk is full\. /);
    assert.deepEqual(await readdir(folder), []);
  });

  test('does not hide a surprise', async () => {
    const openBroken = async () => Promise.reject(new TypeError('broken'));
    await assert.rejects(runExport('usage.jsonl', '/home/me', openBroken), /broken/);
  });
});

suite('A ledger that cannot be read while the user waits for it', () => {
  test('is told in plain words', async () => {
    const dialogs = new FakeDialogs();
    await orTellFault(dialogs, () => Promise.reject(new LedgerFault('locked', 'database is locked')));
    assert.match(
      dialogs.shown.join(),
      /^This could not be finished\. Another program holds the usage history\./,
    );
  });

  test('does not hide a surprise', async () => {
    const broken = orTellFault(new FakeDialogs(), () => Promise.reject(new TypeError('broken')));
    await assert.rejects(broken, /broken/);
  });
});
