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
 * `only` picks test titles that contain it; `isHeldBack`: what the run prints comes in one piece at its end, so
 * that it can run beside another.
 * @typedef {{ only?: string, isHeldBack?: boolean }} RunOptions
 */

/**
 * Runs bundled tests with mocha in a process of their own.
 * @param {string} pattern of the test files below `out/test`, without their ending
 * @param {RunOptions & { timeoutMs: number }} options
 * @returns {Promise<Totals>}
 */
export async function runMocha(pattern, { timeoutMs, only, isHeldBack = false }) {
  const files = globSync(`out/test/${pattern}.test.js`).sort();
  const child = fork(fileURLToPath(new URL('./mochaChild.mjs', import.meta.url)), {
    execArgv: ['--enable-source-maps'],
    silent: isHeldBack,
  });
  /** @type {Buffer[]} */
  const heldBack = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', bytes => heldBack.push(bytes));
  child.send({ files, timeoutMs, only });
  return new Promise(resolve => {
    /** @type {Totals} */
    let totals = failedAsWhole;
    child.on('message', message => {
      totals = /** @type {Totals} */ (message);
    });
    child.on('close', () => {
      process.stdout.write(Buffer.concat(heldBack));
      resolve(totals);
    });
  });
}
