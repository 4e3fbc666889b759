import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDiskExportFile } from '../../../src/storage/diskExportFile';

suite('A file written by an export', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ask-openrouter-export-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('appears in its place only when it is complete, and replaces what was there', async () => {
    const place = join(folder, 'usage.csv');
    await writeFile(place, 'old');
    const file = await openDiskExportFile(place);
    await file.write('a,ä\r\n');
    await file.write('b,😀\r\n');
    assert.equal(await readFile(place, 'utf8'), 'old');
    await file.commit();
    assert.equal(await readFile(place, 'utf8'), 'a,ä\r\nb,😀\r\n');
    assert.deepEqual(await readdir(folder), ['usage.csv']);
  });

  test('leaves nothing behind when it is given up', async () => {
    const place = join(folder, 'usage.csv');
    await writeFile(place, 'old');
    const file = await openDiskExportFile(place);
    await file.write('half');
    await file.discard();
    assert.deepEqual(await readdir(folder), ['usage.csv']);
    assert.equal(await readFile(place, 'utf8'), 'old');
  });

  test('cannot be begun in a folder that does not exist', async () => {
    await assert.rejects(openDiskExportFile(join(folder, 'none', 'usage.csv')), { code: 'ENOENT' });
  });
});
