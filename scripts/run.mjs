// `node scripts/run.mjs <task>`: makes the machine ready (Node 24, the project's packages), then runs the task.
// Everything up to the import of the task works on Node 20 with nothing installed.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNodeNewEnough, runAgainOnNode24 } from './bootstrap/node24.mjs';
import { provideNodeModules } from './bootstrap/nodeModules.mjs';
import { ExpectedError, runMain } from './lib/errors.mjs';
import { endOnSignals } from './lib/signals.mjs';

// For all that is started from here: a log is no place for colours.
if (!process.stdout.isTTY) process.env.NO_COLOR ??= '1';

const [task = '', ...args] = process.argv.slice(2);

endOnSignals();
await runMain(async () => {
  if (!/^[a-z0-9]+$/i.test(task)) throw new ExpectedError('Name a task, as the scripts in package.json do.');
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  process.chdir(root);
  if (!isNodeNewEnough) return runAgainOnNode24();
  await provideNodeModules(root);
  const { runTask } = await import(`./tasks/${task}.mjs`);
  await runTask(args);
});
