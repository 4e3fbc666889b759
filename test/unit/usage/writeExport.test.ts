import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import type { ExportFile } from '../../../src/core/usage/exportFile';
import { writeExport } from '../../../src/core/usage/writeExport';
import { sampleEntry } from '../../support/usage/sampleLedger';

class FakeFile implements ExportFile {
  readonly calls: string[] = [];
  text = '';

  constructor(private readonly failing?: 'write' | 'commit') {}

  async write(text: string): Promise<void> {
    this.note('write');
    this.text += text;
  }

  async commit(): Promise<void> {
    this.note('commit');
  }

  async discard(): Promise<void> {
    this.calls.push('discard');
  }

  private note(call: 'write' | 'commit'): void {
    this.calls.push(call);
    if (call === this.failing) throw new Error('disk full');
  }
}

async function* entries(count: number, onRow?: (index: number) => void): AsyncIterable<LedgerEntry> {
  for (let index = 0; index < count; index += 1) {
    onRow?.(index);
    yield sampleEntry(index, index);
  }
}

const write = (rows: AsyncIterable<LedgerEntry>, file: ExportFile, abort = new AbortController()) =>
  writeExport(rows, file, { format: 'jsonl', signal: abort.signal, onProgress: () => undefined });

suite('Writing an export', () => {
  test('puts the file in its place when every row is in it', async () => {
    const file = new FakeFile();
    assert.deepEqual(await write(entries(500), file), { rows: 500, note: '' });
    assert.equal(file.text.trimEnd().split('\n').length, 500);
    assert.deepEqual([file.calls.at(-1), file.calls.includes('discard')], ['commit', false]);
  });

  test('leaves nothing behind when cancelled half-way, and reads no further', async () => {
    const [file, abort] = [new FakeFile(), new AbortController()];
    let last = 0;
    const rows = entries(100_000, index => {
      last = index;
      if (index === 500) abort.abort();
    });
    assert.equal(await write(rows, file, abort), undefined);
    assert.equal(file.calls.at(-1), 'discard');
    assert.equal(file.calls.includes('commit'), false);
    assert.ok(last < 1000);
  });

  for (const failing of ['write', 'commit'] as const) {
    test(`leaves nothing behind when it cannot ${failing}`, async () => {
      const file = new FakeFile(failing);
      await assert.rejects(write(entries(500), file), /disk full/);
      assert.equal(file.calls.at(-1), 'discard');
    });
  }

  test('leaves nothing behind when the ledger cannot be read', async () => {
    const file = new FakeFile();
    const broken = entries(10, index => {
      if (index === 5) throw new Error('locked');
    });
    await assert.rejects(write(broken, file), /locked/);
    assert.deepEqual(file.calls, ['discard']);
  });
});
