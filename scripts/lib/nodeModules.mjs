import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { npm } from './command.mjs';
import { step } from './progress.mjs';

/**
 * Installs the project's packages when `node_modules` does not match the lock file.
 * @param {string} root the project's folder
 */
export async function provideNodeModules(root) {
  const stamp = join(root, 'node_modules', '.lock-hash');
  const wanted = createHash('sha256')
    .update(await readFile(join(root, 'package-lock.json')))
    .digest('hex');
  const found = await readFile(stamp, 'utf8').catch(() => undefined);
  if (found === wanted) return;
  await step('Installing packages', () => npm('Installing packages', ['ci'], { cwd: root }));
  await writeFile(stamp, wanted);
}
