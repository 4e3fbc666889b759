import { readPort } from '../lib/arguments.mjs';
import { untilInterrupted } from '../lib/interrupt.mjs';
import { buildTests, loadBundled } from '../lib/project.mjs';

/** Runs the simulator until Ctrl+C; `--port N` picks the port. */
export async function runTask(/** @type {string[]} */ args) {
  const port = await readPort(args, 0);
  await buildTests();
  const { startSimulator } = await loadBundled('test/support/simulator/index');
  const simulator = await startSimulator({ port, tokensPerSecond: 60 });
  console.log(`\nThe simulator listens at ${simulator.url}`);
  console.log('Set "askOpenRouter.baseUrl" to that address; the key is sk-or-v1-simulator. Ctrl+C stops it.');
  await untilInterrupted();
  await simulator.dispose();
}
