import { join } from 'node:path';
import { cacheFolder } from '../bootstrap/cache.mjs';
import { provideTools } from '../bootstrap/tools.mjs';
import { run } from '../lib/command.mjs';
import { buildTests, packageExtension } from '../lib/project.mjs';

/** Measures the packaged extension against bare ones in the same run; arguments go along. */
export async function runTask(/** @type {string[]} */ args) {
  await Promise.all([packageExtension(), buildTests()]);
  await provideTools();
  // What fitting the token estimator has left, if it ever ran on this machine.
  process.env.ASK_OPENROUTER_HELD_OUT ??= join(cacheFolder(), 'estimator', 'heldOut.json');
  const { code } = await run(process.execPath, [
    ...['--enable-source-maps', '--import', './scripts/mocha/setup.mjs'],
    'out/test/bench/main.js',
    ...args,
  ]);
  process.exitCode = code;
}
