import { run } from '../lib/command.mjs';
import { buildTests } from '../lib/project.mjs';
import { provideTools } from '../lib/tools.mjs';
import { packageExtension } from './package.mjs';

/** Measures the packaged extension against bare ones in the same run; arguments go along. */
export async function runTask(/** @type {string[]} */ args) {
  await packageExtension();
  await buildTests();
  await provideTools();
  const { code } = await run(process.execPath, ['--enable-source-maps', 'out/test/bench/main.js', ...args]);
  process.exitCode = code;
}
