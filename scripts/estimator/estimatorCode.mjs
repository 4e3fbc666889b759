import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const sources = ['codec', 'countFeatures', 'features', 'hashedTable', 'scripts'];

/**
 * The parts of the estimator that do not depend on the table, as the extension has them.
 * @param {string} folder for the bundle
 */
export async function loadEstimator(folder) {
  const outfile = join(folder, 'estimator.mjs');
  const contents = sources.map(name => `export * from './src/core/money/tokens/${name}';`).join('\n');
  const stdin = { contents, resolveDir: process.cwd() };
  await build({ stdin, bundle: true, format: 'esm', outfile, logLevel: 'error' });
  /** @type {typeof import('../../src/core/money/tokens/codec.js') & typeof import('../../src/core/money/tokens/countFeatures.js') & typeof import('../../src/core/money/tokens/features.js') & typeof import('../../src/core/money/tokens/hashedTable.js') & typeof import('../../src/core/money/tokens/scripts.js')} */
  const code = await import(pathToFileURL(outfile).href);
  return code;
}

/** @typedef {Awaited<ReturnType<typeof loadEstimator>>} EstimatorCode */
