import { runMocha } from '../lib/mochaRun.mjs';
import { buildExtension, buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';
import { provideTools } from '../lib/tools.mjs';

/** Runs the tests of the pages in a browser; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  // The pages as they ship are what is tested.
  await buildExtension();
  await buildTests();
  await provideTools();
  reportSuite('page', await runPageTests(only));
}

/** @param {string} [only] */
export const runPageTests = only => runMocha('page/**/*', { timeoutMs: 120_000, only });
