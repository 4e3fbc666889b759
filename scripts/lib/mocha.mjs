import { run } from './command.mjs';

/**
 * How many tests a suite ran.
 * @typedef {{ passed: number, failed: number, skipped: number }} Totals
 */

/** @type {Totals} */
export const failedAsWhole = { passed: 0, failed: 1, skipped: 0 };

/**
 * @typedef {object} MochaOptions
 * @property {string} config mocha's configuration file
 * @property {string} [files] pattern of the bundled tests, where the configuration names none
 * @property {string} [only] picks the tests whose title contains it
 * @property {string} [node] the Node to run them on; default this very one
 * @property {number} [jobs] workers of tests that run in parallel; default what the configuration says
 * @property {boolean} [quiet] keeps the report back and hands it to the caller
 */

/**
 * Runs bundled tests with mocha.
 * @param {MochaOptions} options
 * @returns {Promise<{ totals: Totals, output: string }>}
 */
export async function runMocha({ config, files, only, jobs, node = process.execPath, quiet }) {
  let totals = failedAsWhole;
  const args = ['node_modules/mocha/bin/mocha.js', '--config', config];
  if (only) args.push('--fgrep', only);
  if (jobs) args.push('--jobs', `${jobs}`);
  if (files) args.push(files);
  const { output } = await run(node, args, {
    quiet,
    onMessage: message => {
      totals = /** @type {Totals} */ (message);
    },
  });
  return { totals, output };
}
