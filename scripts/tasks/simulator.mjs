import { run } from '../lib/command.mjs';
import { buildTests } from '../lib/project.mjs';

/** Runs the simulator until Ctrl+C; its own options go along. */
export async function runTask(/** @type {string[]} */ args) {
  await buildTests();
  const { code } = await run(process.execPath, ['out/test/support/simulator/main.js', ...args]);
  process.exitCode = code;
}
