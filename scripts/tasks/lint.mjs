import { step } from '../lib/progress.mjs';
import { requirePass, runProgram } from '../lib/project.mjs';

/** Checks formatting and lint rules; `--fix` mends what can be mended safely. */
export async function runTask(/** @type {string[]} */ args) {
  const command = args.includes('--fix') ? ['check', '--write'] : ['check'];
  const passed = await step('Lint', () =>
    runProgram('@biomejs/biome/bin/biome', [...command, '--error-on-warnings']),
  );
  requirePass(passed, 'Lint found faults: mend what is listed above, or run `npm run lint -- --fix`.');
}
