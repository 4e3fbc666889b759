// Builds the extension (`dist`) or, with --tests, the tests (`out/test`). --watch rebuilds on change.
import { globSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build, context } from 'esbuild';
import { codicons } from './scripts/lib/codicons.mjs';

/** @typedef {import('esbuild').BuildOptions} BuildOptions */

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const production = !watch && !process.argv.includes('--dev');

/** Modules that the host loads on first use: each becomes a file of its own beside the main bundle. */
const lazyModules = ['src/vscode/app.ts', 'src/openrouter/chat.ts'];

/**
 * Turns `import('./openrouter/lazy…')` in the main bundle into a load of the separate file.
 * @type {import('esbuild').Plugin}
 */
const loadLazily = {
  name: 'load-lazily',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: /^\.{1,2}\// }, args => {
      if (args.kind !== 'dynamic-import') return undefined;
      const name = args.path.split('/').at(-1);
      return lazyModules.some(module => module.endsWith(`/${name}.ts`))
        ? { path: `./${name}.js`, external: true }
        : undefined;
    });
  },
};

/** @type {BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
};

/** @type {BuildOptions} */
const host = {
  ...shared,
  entryPoints: ['src/extension.ts', ...lazyModules],
  entryNames: '[name]',
  outdir: 'dist',
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins: [loadLazily],
};

/** @type {BuildOptions} */
const pages = {
  ...shared,
  entryPoints: [
    { in: 'src/webview/answer/main.ts', out: 'answer' },
    { in: 'src/webview/usage/main.ts', out: 'usage' },
  ],
  outdir: 'dist/webview',
  platform: 'browser',
  format: 'esm',
  target: 'chrome132',
  loader: { '.ttf': 'copy' },
  plugins: [codicons],
};

/** @type {BuildOptions} */
const testFiles = {
  ...shared,
  minify: false,
  sourcemap: 'inline',
  logLevel: 'warning',
  entryPoints: globSync([
    'test/**/*.test.ts',
    'test/host/runner/*.ts',
    'test/support/simulator/{index,main}.ts',
    'test/support/workbench/{demo,start}.ts',
    'test/bench/main.ts',
  ]),
  outbase: '.',
  outdir: 'out',
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  packages: 'external',
  external: ['vscode'],
  plugins: [codicons],
};

const builds = tests ? [testFiles] : [host, pages];
if (watch) {
  for (const options of builds) await (await context(options)).watch();
} else {
  const results = await Promise.all(builds.map(options => build({ ...options, metafile: true })));
  removeOthers(
    tests ? 'out/test' : 'dist',
    results.flatMap(result => Object.keys(result.metafile.outputs)),
  );
}

/**
 * Removes what an earlier build left. Afterwards, so that whoever runs the files meanwhile does not miss one.
 * @param {string} folder
 * @param {readonly string[]} outputs
 */
function removeOthers(folder, outputs) {
  const kept = new Set(outputs.map(output => resolve(output)));
  const files = globSync(`${folder}/**`, { withFileTypes: true }).filter(entry => entry.isFile());
  for (const { parentPath, name } of files) {
    const file = resolve(parentPath, name);
    if (!kept.has(file)) rmSync(file, { force: true });
  }
}
