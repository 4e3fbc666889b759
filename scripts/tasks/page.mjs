import { provideTools } from '../bootstrap/tools.mjs';
import { runMocha } from '../lib/mocha.mjs';
import { buildExtension, buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';

/** Runs the tests of the pages in a browser; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  // The pages as they ship are what is tested.
  await buildExtension();
  await buildTests();
  await provideTools();
  const { totals } = await runPageTests({ only });
  reportSuite('page', totals);
}

/** @param {{ only?: string, quiet?: boolean, jobs?: number }} options */
export const runPageTests = options =>
  runMocha({ config: 'scripts/mocha/vscode.mocharc.json', files: 'out/test/page/**/*.test.js', ...options });
