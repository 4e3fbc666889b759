// Builds the extension (`dist`, or the folder after --out) or, with --tests, the tests (`out/test`). --watch rebuilds
// on change, --dev leaves the code readable.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import { codicons } from './scripts/build/codicons.mjs';
import { thirdPartyNotices } from './scripts/build/notices.mjs';

/** @typedef {import('esbuild').BuildOptions} BuildOptions */

const { watch, tests, dev, out } = parseArgs({
  options: {
    watch: { type: 'boolean' },
    tests: { type: 'boolean' },
    dev: { type: 'boolean' },
    out: { type: 'string', default: 'dist' },
  },
}).values;
const production = !watch && !dev;

/** Modules that the host loads on first use: each becomes a file of its own beside the main bundle. */
const lazyModules = [
  'src/vscode/app.ts',
  'src/openrouter/chat.ts',
  'src/app/context/ignoreRules.ts',
  'src/app/prompts/promptHead.ts',
];

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

/**
 * Loads VS Code's API as it is. For `import *` esbuild would copy all its names into an object of its own, once for
 * every file that has such an import: that was a third of the time our code took at activation.
 * @type {import('esbuild').Plugin}
 */
const requireVscode = {
  name: 'require-vscode',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(
        /^import \* as vscode from 'vscode';$/m,
        "const vscode = require('vscode');",
      );
      const errors = /^import (?!type )[^;]*'vscode';/m.test(contents)
        ? [
            {
              text: `Write "import * as vscode from 'vscode';" in ${path}, so that its names are not copied.`,
            },
          ]
        : [];
      return { contents, errors, loader: 'ts' };
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
  outdir: out,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  external: ['vscode'],
  plugins: [loadLazily, requireVscode],
};

// One bundle a page, named after its folder.
const pageEntries = readdirSync('src/webview')
  .map(name => ({ in: `src/webview/${name}/main.ts`, out: name }))
  .filter(entry => existsSync(entry.in));

/** The answer page is read as one file, because nobody shall wait for it. @type {BuildOptions} */
const answerPage = {
  ...shared,
  entryPoints: pageEntries.filter(({ out: name }) => name === 'answer'),
  outdir: `${out}/webview`,
  platform: 'browser',
  format: 'esm',
  target: 'chrome132',
  loader: { '.ttf': 'copy' },
  plugins: [codicons],
};

/** The other pages share a file with what all of them need. @type {BuildOptions} */
const otherPages = {
  ...answerPage,
  entryPoints: pageEntries.filter(({ out: name }) => name !== 'answer'),
  splitting: true,
  chunkNames: 'shared-[hash]',
};

/** @type {BuildOptions} */
const testFiles = {
  ...shared,
  minify: false,
  sourcemap: 'inline',
  logLevel: 'warning',
  entryPoints: [
    'test/unit/**/*.test.ts',
    'test/host/**/*.test.ts',
    'test/e2e/**/*.test.ts',
    'test/host/runner/*.ts',
    'test/support/simulator/index.ts',
    'test/support/simulator/main.ts',
    'test/support/workbench/demo.ts',
    'test/support/workbench/start.ts',
  ],
  outbase: '.',
  outdir: 'out',
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  packages: 'external',
  external: ['vscode'],
  plugins: [codicons],
};

/**
 * The page tests and a benchmark run the product's own panels outside VS Code: they get a stand-in for its API.
 * @type {BuildOptions}
 */
const pageTests = {
  ...testFiles,
  entryPoints: ['test/page/**/*.test.ts', 'test/bench/main.ts'],
  external: [],
  alias: { vscode: './test/support/pageHarness/vscodeStandIn.ts' },
};

const builds = tests ? [testFiles, pageTests] : [host, answerPage, otherPages];
if (watch) {
  for (const options of builds) await (await context(options)).watch();
} else {
  const results = await Promise.all(builds.map(options => build({ ...options, metafile: true })));
  const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
  const files = Object.keys(outputs);
  if (!tests) files.push(writeNotices(outputs));
  removeOthers(tests ? 'out/test' : out, files);
}

/**
 * Writes the licences of the packages that are in the bundles.
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {string} the file
 */
function writeNotices(outputs) {
  const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs));
  const bundled = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
  const notices = join(out, 'THIRD-PARTY-NOTICES.txt');
  writeFileSync(notices, thirdPartyNotices(bundled));
  return notices;
}

/**
 * Removes what an earlier build left. Afterwards, so that whoever runs the files meanwhile does not miss one.
 * @param {string} folder
 * @param {readonly string[]} outputs
 */
function removeOthers(folder, outputs) {
  const kept = new Set(outputs.map(output => resolve(output)));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  for (const { parentPath, name } of files) {
    const file = resolve(parentPath, name);
    if (!kept.has(file)) rmSync(file, { force: true });
  }
}
