import { step } from '../lib/progress.mjs';
import { requirePass, runProgram } from '../lib/project.mjs';

const projects = ['.', 'src/webview', 'test', 'scripts'];

/** Checks the types of every part. */
export async function runTask() {
  for (const project of projects) {
    await step(`Types of ${project === '.' ? 'src' : project}`, async () =>
      requirePass(
        await runProgram('typescript/bin/tsc', ['-p', project]),
        `The types of ${project} are wrong: mend what is listed above.`,
      ),
    );
  }
}
