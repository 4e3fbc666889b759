import { ExpectedError } from '../lib/errors.mjs';
import { failedAsWhole } from '../lib/mochaRun.mjs';
import { buildTests } from '../lib/project.mjs';
import { reportSuites } from '../lib/report.mjs';
import { provideTools } from '../lib/tools.mjs';
import { runTask as checkTypes } from './check.mjs';
import { runEndToEndTests } from './e2e.mjs';
import { runHostTests } from './host.mjs';
import { runTask as lint } from './lint.mjs';
import { packageExtension } from './package.mjs';
import { runPageTests } from './page.mjs';
import { runUnitTests } from './unit.mjs';

/** @typedef {import('../lib/mochaRun.mjs').Totals} Totals */

/**
 * Everything, in the order in which it fails fastest, one after the other: side by side, two cores are too few for
 * VS Code and a browser that draw without a graphics card. A stage that fails does not hide the ones after it.
 */
export async function runTask() {
  /** @type {Map<string, Totals>} */
  const suites = new Map();
  /** @type {(name: string, work: () => Promise<Totals | void>) => Promise<void>} */
  const stage = async (name, work) => {
    const startMs = Date.now();
    suites.set(name, await settle(work));
    console.log(`\n[${name}: ${((Date.now() - startMs) / 1000).toFixed(1)} s]\n`);
  };
  await stage('types', () => checkTypes());
  await stage('lint', () => lint([]));
  // The package's own build is what the host tests run, whose pages the page tests load and that the end-to-end tests install.
  await stage('package', () => packageExtension());
  await stage('tools', async () => {
    await buildTests();
    await provideTools();
  });
  const isPackaged = suites.get('package')?.failed === 0;
  for (const [name, work, needsPackage] of /** @type {const} */ ([
    ['unit', runUnitTests, false],
    ['host', runHostTests, true],
    ['page', runPageTests, true],
    ['e2e', runEndToEndTests, true],
  ])) {
    await stage(name, async () => {
      if (needsPackage && !isPackaged) throw new ExpectedError('Not run: there is no package to test.');
      return work();
    });
  }
  reportSuites(suites);
}

/**
 * A stage without tests of its own counts as one.
 * @param {() => Promise<Totals | void>} work
 * @returns {Promise<Totals>}
 */
async function settle(work) {
  try {
    return (await work()) ?? { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(error instanceof ExpectedError ? error.message : error);
    return failedAsWhole;
  }
}
