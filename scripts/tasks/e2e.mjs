import { runMocha } from '../lib/mochaRun.mjs';
import { buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';
import { provideTools } from '../lib/tools.mjs';
import { packageExtension } from './package.mjs';

/** Runs the end-to-end tests on the packaged extension; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await packageExtension();
  await buildTests();
  await provideTools();
  reportSuite('e2e', await runEndToEndTests(only));
}

/** @param {string} [only] */
export const runEndToEndTests = only => runMocha('e2e/*', { timeoutMs: 120_000, only });
