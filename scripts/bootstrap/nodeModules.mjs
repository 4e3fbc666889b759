import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { step } from '../lib/progress.mjs';
import { npm } from './npm.mjs';

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
  // Not `ci`: it refuses a lock file that lacks another platform's optional packages, which a registry may not
  // carry. This takes the locked versions too, and `--no-save` leaves the lock file as it is.
  await step('Installing packages', () =>
    npm('Installing packages', ['install', '--no-save'], { cwd: root }),
  );
  await writeFile(stamp, wanted);
}
