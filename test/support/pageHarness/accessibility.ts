import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { projectFolder } from '../workbench/tools';

/** What axe finds wrong with the page as it is now: the rule, and where. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  const file = createRequire(join(projectFolder, 'package.json')).resolve('axe-core/axe.min.js');
  // Evaluated by the browser's driver, which the page's content policy does not concern.
  await page.evaluate(readFileSync(file, 'utf8'));
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
