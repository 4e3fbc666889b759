import { provideTools } from '../bootstrap/tools.mjs';
import { findDesktopVscode } from '../lib/desktopVscode.mjs';
import { buildExtension, buildTests, loadBundled } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';

/** Runs the tests inside VS Code's extension host; an argument picks those whose title contains it. */
export async function runTask(/** @type {string[]} */ [only]) {
  await Promise.all([buildExtension(), buildTests()]);
  reportSuite('host', await runHostTests(only));
}

/**
 * Uses the desktop VS Code that `VSCODE_PATH` names; else, so that every machine runs the same version, the
 * one from npm.
 * @param {string} [only]
 * @returns {Promise<import('../lib/mocha.mjs').Totals>}
 */
export async function runHostTests(only) {
  const desktop = process.env.VSCODE_PATH ? findDesktopVscode() : undefined;
  if (!desktop) await provideTools();
  const { runScenarios } = await loadBundled('test/host/runner/runScenarios');
  return runScenarios({ desktop, only });
}
