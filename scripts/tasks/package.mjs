import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from '../lib/command.mjs';
import { ExpectedError } from '../lib/errors.mjs';
import { step } from '../lib/progress.mjs';
import { buildExtension, vsixFile } from '../lib/project.mjs';

const packageFlags = [
  // Everything the extension needs is bundled.
  '--no-dependencies',
  // There is no public repository yet that the README's links could be made to point at.
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
];

/** Packages the extension and says how big it is. */
export async function runTask() {
  await packageExtension();
  const { size } = await stat(vsixFile);
  console.log(`${vsixFile}: ${(size / 1024).toFixed(1)} KB`);
}

/** Builds the extension and packs it to the file that the end-to-end tests install and that ships. */
export async function packageExtension() {
  await buildExtension();
  await step('Packaging the extension', async () => {
    const vsce = join('node_modules', '@vscode', 'vsce', 'vsce');
    // Everything the extension needs is bundled: no folder of packages goes along.
    const args = [vsce, 'package', ...packageFlags, '--out', vsixFile];
    const output = await runQuietly('Packaging', process.execPath, args);
    if (/\bWARN(ING)?\b/.test(output)) throw new ExpectedError(`Packaging gave warnings:\n${output.trim()}`);
  });
}
