import { step } from '../lib/progress.mjs';
import { requirePass, runProgram } from '../lib/project.mjs';

/** Checks formatting and lint rules; `--fix` mends what can be mended safely. */
export async function runTask(/** @type {string[]} */ args) {
  const command = args.includes('--fix') ? ['check', '--write'] : ['check'];
  await step('Lint', async () =>
    requirePass(
      await runProgram('@biomejs/biome/bin/biome', [...command, '--error-on-warnings']),
      'Lint found faults: mend what is listed above, or run `npm run lint -- --fix`.',
    ),
  );
}
