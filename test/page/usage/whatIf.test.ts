import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { findBarriers } from '../../support/pageHarness/accessibility';
import { type LiveUsageOptions, LiveUsagePage } from '../../support/pageHarness/liveUsagePage';
import { sampleLedger } from '../../support/usage/sampleLedger';

const nowMs = new Date(2026, 7, 5, 17, 30).getTime();
const row = '[data-part="what-if-row"]';
const would = '[data-part="what-if-total"]';

suite('The what-if section', function () {
  this.timeout(60_000);
  let live: LiveUsagePage | undefined;
  let page: Page;
  let year: LedgerParts;

  suiteSetup(async () => {
    year = await sampleLedger(365, nowMs);
  });
  teardown(async () => {
    const troubles = [...(live?.harness.troubles ?? []), ...(live?.hostTroubles ?? [])];
    await live?.close();
    live = undefined;
    assert.deepEqual(troubles, []);
  });

  async function open(options: Partial<LiveUsageOptions> = {}): Promise<LiveUsagePage> {
    live = await LiveUsagePage.open({
      ...{ store: year.store, queries: year.queries, nowMs },
      whatIf: { favourites: ['acme/other', 'qwen/qwen3-coder:free', 'openrouter/auto'] },
      ...options,
    });
    page = live.harness.page;
    await page.waitForSelector('[data-part="what-if-model"] option[value="openai/gpt-5-mini"]', {
      state: 'attached',
    });
    return live;
  }

  async function choose(model: string): Promise<void> {
    await page.selectOption('[data-part="what-if-model"]', model);
    await page.waitForSelector(`${would}, [data-part="what-if-reason"]`);
  }

  const figure = (selector: string, name = 'data-value') => page.getAttribute(selector, name);

  test('reads nothing before a model is chosen, and offers favourites, then the latest', async () => {
    await open();
    const offered = await page.$$eval('[data-part="what-if-model"] option', options =>
      options.map(option => (option as HTMLOptionElement).value),
    );
    assert.deepEqual(offered, [
      ...['', ' same', 'acme/other', 'qwen/qwen3-coder:free', 'openrouter/auto', 'openai/gpt-5-mini'],
      ' other',
    ]);
    assert.equal(await page.locator(row).count(), 0);
  });

  test('has a row for each action, whose figures add up, and says what is not in them', async () => {
    await open();
    await choose('acme/other');
    const read = (part: string, name: string) =>
      page.$$eval(
        `${row} [data-part="${part}"]`,
        (cells, attribute) => cells.map(cell => Number(cell.getAttribute(attribute))),
        name,
      );
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
    const [likely, low, high] = [
      await read('what-if-would', 'data-value'),
      await read('what-if-would', 'data-low'),
      await read('what-if-would', 'data-high'),
    ];
    assert.equal(likely.length, 6);
    assert.ok(Math.abs(sum(likely) - Number(await figure(would))) < 1e-9);
    assert.ok(low.every((value, index) => value <= (likely[index] ?? 0)));
    assert.ok(high.every((value, index) => value >= (likely[index] ?? 0)));
    assert.match(
      (await page.textContent('[data-part="what-if-quality"]')) ?? '',
      /good.*not in these figures/,
    );
    assert.match(
      (await page.textContent('[data-part="what-if-notes"]')) ?? '',
      /not in these figures: its cost/,
    );
  });

  test('follows the period of the page, and the filter of its list', async () => {
    await open();
    await choose('acme/other');
    const month = await figure(would);
    await page.click('[data-part="total-all"]');
    await page.waitForFunction(
      ([selector, before]) => document.querySelector(selector)?.getAttribute('data-value') !== before,
      [would, month] as const,
    );
    await page.click('.filter-fold summary');
    await page.selectOption('[data-part="filter-action"]', 'fix');
    await page.waitForFunction(selector => document.querySelectorAll(selector).length === 1, row);
    assert.equal(await figure(row, 'data-action'), 'fix');
  });

  test('the same models can be asked by another route', async () => {
    await open();
    await choose(' same');
    const [cost, floor] = [await figure('tfoot [data-part="what-if-cost"]'), await figure(would)];
    assert.ok(Number(floor) < Number(cost));
    assert.deepEqual(
      await page.$$eval('[data-part="what-if-route"] option', options =>
        options.map(option => (option as HTMLOptionElement).value),
      ),
      ['floor', 'flex'],
    );
    await page.selectOption('[data-part="what-if-route"]', 'flex');
    await page.waitForFunction(() =>
      document.querySelector('[data-part="what-if-notes"]')?.textContent?.includes('half the price'),
    );
    assert.equal(await page.locator('[data-part="try-what-if"]').count(), 0);
  });

  test('"try it" compares the model used most with the other one, on that action', async () => {
    const { compared } = await open();
    await choose('acme/other');
    await page.click(`${row}[data-action="fix"] [data-part="try-what-if"]`);
    assert.deepEqual(compared, [{ models: ['openai/gpt-5-mini', 'acme/other'], action: 'fix' }]);
  });

  test('a free model is free, but limited; one whose price varies has no figure', async () => {
    await open();
    await choose('qwen/qwen3-coder:free');
    assert.equal(await figure(would), '0');
    assert.match((await page.textContent('[data-part="what-if-notes"]')) ?? '', /free, but limited/);
    await page.selectOption('[data-part="what-if-model"]', 'openrouter/auto');
    await page.waitForSelector('[data-part="what-if-reason"]');
    assert.match((await page.textContent('[data-part="what-if-reason"]')) ?? '', /depends on the model that/);
    assert.equal(await page.locator(row).count(), 0);
  });

  test('another model comes from the list of all; when it is dismissed, the one before stays', async () => {
    const picked = [undefined, 'acme/thinker'];
    await open({ whatIf: { pick: () => picked.shift() } });
    await choose('openai/gpt-5-mini');
    const before = await figure(would);
    await page.selectOption('[data-part="what-if-model"]', ' other');
    await live?.harness.waitForPosted('whatIfOther');
    assert.equal(await page.inputValue('[data-part="what-if-model"]'), 'openai/gpt-5-mini');
    assert.equal(await figure(would), before);
    await page.selectOption('[data-part="what-if-model"]', ' other');
    await page.waitForFunction(() =>
      document.querySelector('[data-part="what-if-notes"]')?.textContent?.includes('reasons before'),
    );
    assert.equal(await page.inputValue('[data-part="what-if-model"]'), 'acme/thinker');
  });

  test('without a list of models it says so', async () => {
    await open({ whatIf: { models: undefined } });
    await choose('openai/gpt-5-mini');
    assert.match((await page.textContent('[data-part="what-if-reason"]')) ?? '', /list of models/);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const)
    test(`is narrow at 400 pixels and has no barrier, in the theme ${theme}`, async () => {
      await open({ theme, context: { viewport: { width: 400, height: 900 } } });
      await choose('acme/other');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
      const frame = await page.$eval('[data-part="what-if"] .table-frame', ({ scrollWidth, clientWidth }) => [
        scrollWidth,
        clientWidth,
      ]);
      assert.equal(frame[0], frame[1]);
      assert.deepEqual(await findBarriers(page), []);
    });
});
