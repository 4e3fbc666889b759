import { runMocha } from '../lib/mochaRun.mjs';
import { buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';
import { provideTools } from '../lib/tools.mjs';

/** Runs the tests of the pages in a browser; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await buildTests();
  await provideTools();
  reportSuite('page', await runPageTests(only));
}

/** @param {string} [only] */
export const runPageTests = only => runMocha('e2e/page*/**/*', { timeoutMs: 120_000, only });
