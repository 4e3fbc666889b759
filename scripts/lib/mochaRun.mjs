import { fork } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * How many tests a suite ran.
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 */

/** @type {Totals} */
export const failedAsWhole = { passed: 0, failed: 1, skipped: 0 };

/**
 * Runs bundled tests with mocha in a process of their own.
 * @param {string} pattern of the test files below `out/test`, without their ending
 * @param {{ timeoutMs: number, only?: string }} options `only` picks test titles that contain it
 * @returns {Promise<Totals>}
 */
export async function runMocha(pattern, { timeoutMs, only }) {
  const files = globSync(`out/test/${pattern}.test.js`).sort();
  const child = fork(fileURLToPath(new URL('./mochaChild.mjs', import.meta.url)), {
    execArgv: ['--enable-source-maps'],
  });
  child.send({ files, timeoutMs, only });
  return new Promise(resolve => {
    /** @type {Totals} */
    let totals = failedAsWhole;
    child.on('message', message => {
      totals = /** @type {Totals} */ (message);
    });
    child.on('close', () => resolve(totals));
  });
}
