import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findLeaks } from '../../support/secretScan';

const secret = 'sk-or-v1-0123456789abcdef';

/** Writes a new file and puts it in the place of the old one, again and again. */
const saveForever = `
  const { renameSync, writeFileSync } = require('node:fs');
  const file = process.argv[1];
  writeFileSync(file, '');
  console.log('saving');
  for (;;) {
    writeFileSync(file + '.new', 'nothing');
    renameSync(file + '.new', file);
  }`;

suite('the scan for secrets', () => {
  let folder: string;

  setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'secret-scan-'));
    mkdirSync(join(folder, 'deep'));
    writeFileSync(join(folder, 'deep', 'harmless.log'), 'sk-or-v1-another');
  });
  teardown(() => rmSync(folder, { recursive: true }));

  const leaks: Record<string, string | Buffer> = {
    plain: `Authorization: Bearer ${secret}\n`,
    'utf-16': Buffer.from(`x${secret}`, 'utf16le'),
    hex: Buffer.from(secret).toString('hex'),
    'percent-encoded': [...secret].map(c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
  };
  for (const [form, content] of Object.entries(leaks)) {
    test(`finds a ${form} key in a file of any depth`, () => {
      const file = join(folder, 'deep', '.hidden');
      writeFileSync(file, content);
      assert.deepEqual(findLeaks(secret, { folders: [folder] }), [{ where: file, form }]);
    });
  }

  for (const before of ['', 'a', 'ab', 'abc']) {
    test(`finds a base64 key after ${before.length} other bytes`, () => {
      const encoded = Buffer.from(`${before}${secret} and more`).toString('base64');
      assert.deepEqual(findLeaks(secret, { texts: { log: encoded } }), [{ where: 'log', form: 'base64' }]);
    });
  }

  test('finds nothing where there is nothing', () => {
    assert.deepEqual(findLeaks(secret, { folders: [folder], texts: { log: 'sk-or-v1-' } }), []);
  });

  test('begins anew when a file is replaced meanwhile', async () => {
    const saving = spawn(process.execPath, ['-e', saveForever, join(folder, 'saved')], { stdio: 'pipe' });
    const ended = once(saving, 'exit');
    await once(saving.stdout, 'data');
    for (let scans = 0; scans < 200; scans++) assert.deepEqual(findLeaks(secret, { folders: [folder] }), []);
    saving.kill();
    await ended;
  });

  test('refuses to scan an empty or missing folder', () => {
    assert.throws(() => findLeaks(secret, { folders: [join(folder, 'none')] }));
    mkdirSync(join(folder, 'empty'));
    assert.throws(() => findLeaks(secret, { folders: [join(folder, 'empty')] }), /There is no file/);
  });
});
