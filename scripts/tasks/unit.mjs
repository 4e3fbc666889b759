import { runMocha } from '../lib/mochaRun.mjs';
import { buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';

/** Runs the unit tests; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await buildTests();
  reportSuite('unit', await runUnitTests(only));
}

/** @param {string} [only] */
export const runUnitTests = only => runMocha('unit/**/*', { timeoutMs: 10_000, only });
