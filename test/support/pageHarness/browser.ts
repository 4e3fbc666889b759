import type { Browser } from 'playwright-core';
import { launchBrowser } from '../workbench/browser';

/** Each test file is bundled by itself: what all of them share is kept by the process. */
const shared = globalThis as typeof globalThis & { pageBrowser?: Promise<Browser> };

/** The one browser of all page tests, started for the first of them. */
export function pageBrowser(): Promise<Browser> {
  shared.pageBrowser ??= launchBrowser();
  return shared.pageBrowser;
}

export async function closePageBrowser(): Promise<void> {
  const started = shared.pageBrowser;
  shared.pageBrowser = undefined;
  await (await started)?.close();
}

// Outside of any suite: after the last test of all files. A benchmark has no suites, and closes it by itself.
if ('suiteTeardown' in globalThis) suiteTeardown(closePageBrowser);
