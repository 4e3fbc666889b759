import { provideTools } from '../bootstrap/tools.mjs';
import { runMocha } from '../lib/mocha.mjs';
import { buildTests, packageExtension } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';

/** Runs the end-to-end tests on the packaged extension; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await Promise.all([packageExtension(), buildTests()]);
  await provideTools();
  reportSuite('e2e', await runEndToEndTests({ only }));
}

/**
 * @param {{ files?: string, only?: string, node?: string }} [options]
 * @returns {Promise<import('../lib/mocha.mjs').Totals>}
 */
export async function runEndToEndTests({ files = 'out/test/e2e/*.test.js', ...options } = {}) {
  return (await runMocha({ config: 'scripts/mocha/vscode.mocharc.json', files, ...options })).totals;
}
