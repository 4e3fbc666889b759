import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, runQuietly } from './command.mjs';
import { ExpectedError } from './errors.mjs';
import { step } from './progress.mjs';

/** The packaged extension; git ignores it. */
export const vsixFile = 'ask-openrouter.vsix';

/** Builds the extension as it ships. */
export function buildExtension() {
  return step('Building the extension', () => runQuietly('The build', process.execPath, ['esbuild.mjs']));
}

/** Bundles the tests and what supports them to `out/test`. */
export function buildTests() {
  return step('Bundling the tests', () =>
    runQuietly('Bundling the tests', process.execPath, ['esbuild.mjs', '--tests']),
  );
}

/**
 * Loads a module of the tests' support that {@link buildTests} has bundled.
 * @param {string} path e.g. `test/support/simulator/index`
 */
export function loadBundled(path) {
  return import(pathToFileURL(join(process.cwd(), 'out', `${path}.js`)).href);
}

/**
 * Runs a package's own command-line program, output included.
 * @param {string} program path below `node_modules`
 * @param {readonly string[]} args
 * @returns {Promise<boolean>} whether it found nothing to complain about
 */
export async function runProgram(program, args) {
  const { code } = await run(process.execPath, [join('node_modules', program), ...args]);
  return code === 0;
}

/**
 * @param {boolean} passed
 * @param {string} sentence
 */
export function requirePass(passed, sentence) {
  if (!passed) throw new ExpectedError(sentence);
}
