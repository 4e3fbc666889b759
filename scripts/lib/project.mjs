import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmProgram } from '../bootstrap/npm.mjs';
import { run, runQuietly } from './command.mjs';
import { ExpectedError } from './errors.mjs';
import { step } from './progress.mjs';

/** The packaged extension, as the npm script `package` names it; git ignores it. */
export const vsixFile = 'ask-openrouter.vsix';

/** Builds the extension as it ships. */
export const buildExtension = () => step('Building the extension', () => requireScript('build'));

const largestPackageKb = 900;

/** Builds the extension and packs it to the file that the end-to-end tests install and that ships. */
export const packageExtension = () =>
  step('Packaging the extension', async () => {
    await requireScript('package');
    const kb = (await stat(vsixFile)).size / 1024;
    if (kb <= largestPackageKb) return;
    throw new ExpectedError(`${vsixFile} has ${kb.toFixed(0)} KB: at most ${largestPackageKb} KB may ship.`);
  });

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
 * Runs one of the project's npm scripts that call a tool, and keeps what it writes.
 * @param {string} name
 */
export function runScript(name) {
  return run(process.execPath, [npmProgram(), 'run', '--silent', name], { quiet: true });
}

/** @param {string} name */
async function requireScript(name) {
  const { code, output } = await runScript(name);
  if (code !== 0) throw new ExpectedError(`\`npm run ${name}\` failed:\n${output.trim()}`);
  if (/\bWARN(ING)?\b/.test(output)) throw new ExpectedError(`\`npm run ${name}\` warns:\n${output.trim()}`);
}
