import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { projectFolder } from '../workbench/tools';

const axeFile = createRequire(join(projectFolder, 'package.json')).resolve('axe-core/axe.min.js');

const options: RunOptions = {
  // Only these are looked at; of all others axe need not describe every element.
  resultTypes: ['violations'],
  // Else it would fetch the style sheet once more, which the content policy forbids.
  preload: false,
};

/** What axe finds wrong with the page as it is now, one line each; empty when nothing is. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axeFile, 'utf8'));
  const results = (await page.evaluate(options => {
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<unknown> } };
    return axe.run(options);
  }, options)) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
  );
}
