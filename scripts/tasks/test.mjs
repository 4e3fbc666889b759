import { readFile, rm } from 'node:fs/promises';
import { provideTools } from '../bootstrap/tools.mjs';
import { ExpectedError } from '../lib/errors.mjs';
import { failedAsWhole } from '../lib/mocha.mjs';
import { buildTests, packageExtension, runScript } from '../lib/project.mjs';
import { reportSuites } from '../lib/report.mjs';
import { runEndToEndTests } from './e2e.mjs';
import { runHostTests } from './host.mjs';
import { runPageTests } from './page.mjs';
import { runUnitTests } from './unit.mjs';

/** @typedef {import('../lib/mocha.mjs').Totals} Totals */

/** The unit tests write how many recorded answers they replayed. */
const replayFile = 'out/replayed.json';

/** @type {Totals} */
const passedAsWhole = { passed: 1, failed: 0, skipped: 0 };

/**
 * Everything, on two cores. As soon as the package is there, one VS Code after the other: two that draw without a
 * graphics card would be too much. Beside them, one after the other, what keeps one core busy: the unit tests in one
 * worker, and the page tests. A stage that fails does not hide the others.
 */
export async function runTask() {
  /** @type {Map<string, Totals>} in the order of the report */
  const suites = new Map(
    ['types', 'lint', 'package', 'tools', 'unit', 'host', 'page', 'e2e'].map(name => [name, failedAsWhole]),
  );
  /** @type {(name: string, work: () => Promise<Totals>) => Promise<void>} */
  const stage = async (name, work) => {
    const startMs = Date.now();
    suites.set(name, await settle(work));
    console.log(`\n[${name}: ${((Date.now() - startMs) / 1000).toFixed(1)} s]\n`);
  };
  await rm(replayFile, { force: true });
  const bundling = buildTests();
  const ready = Promise.all([
    // Its build is what the host tests run, whose pages the page tests load and that the end-to-end tests install.
    stage('package', () => packageExtension().then(() => passedAsWhole)),
    stage('tools', () => Promise.all([bundling, provideTools()]).then(() => passedAsWhole)),
  ]);
  /** @type {(work: () => Promise<Totals>) => () => Promise<Totals>} */
  const ifReady = work => async () => {
    await ready;
    const isReady = ['package', 'tools'].every(name => suites.get(name)?.failed === 0);
    if (!isReady) throw new ExpectedError('Not run: the package or the tools are missing.');
    return work();
  };
  const inVscode = async () => {
    await stage('host', ifReady(runHostTests));
    await stage('e2e', ifReady(runEndToEndTests));
  };
  const besideVscode = async () => {
    await Promise.all([stage('types', () => check('check')), stage('lint', () => check('lint'))]);
    await stage('unit', () => bundling.then(() => inOnePiece('Unit tests', runUnitTests)));
    const pageTests = ifReady(() => inOnePiece('Page tests', runPageTests));
    await stage('page', pageTests);
  };
  await Promise.all([inVscode(), besideVscode()]);
  reportSuites(suites, await describeReplays());
}

/**
 * Runs tests beside others: their report comes when they have ended.
 * @param {string} title
 * @param {(options: { quiet: boolean, jobs: number }) => Promise<{ totals: Totals, output: string }>} runTests
 * @returns {Promise<Totals>}
 */
async function inOnePiece(title, runTests) {
  console.log(`… ${title}: their report comes in one piece`);
  const { totals, output } = await runTests({ quiet: true, jobs: 1 });
  console.log(output.trimEnd());
  return totals;
}

/**
 * A stage that is a tool's own check; its output comes in one piece.
 * @param {string} script
 * @returns {Promise<Totals>}
 */
async function check(script) {
  const { code, output } = await runScript(script);
  if (output.trim() !== '') console.log(output.trimEnd());
  if (code !== 0) throw new ExpectedError(`\`npm run ${script}\` found faults: mend what is listed above.`);
  return passedAsWhole;
}

/**
 * @param {() => Promise<Totals>} work
 * @returns {Promise<Totals>}
 */
async function settle(work) {
  try {
    return await work();
  } catch (error) {
    console.error(error instanceof ExpectedError ? error.message : error);
    return failedAsWhole;
  }
}

/** @returns {Promise<string | undefined>} undefined when the unit tests did not tell */
async function describeReplays() {
  const text = await readFile(replayFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { replayed, twins } = /** @type {{ replayed: number, twins: number }} */ (JSON.parse(text));
  return `Recorded answers replayed: ${replayed}, and ${twins} twins of our own`;
}
