import { runMocha } from '../lib/mocha.mjs';
import { buildTests } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';

/** Runs the unit tests; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await buildTests();
  const { totals } = await runUnitTests({ only });
  reportSuite('unit', totals);
}

/** @param {{ only?: string, quiet?: boolean, jobs?: number }} options */
export const runUnitTests = options => runMocha({ config: '.mocharc.jsonc', ...options });
