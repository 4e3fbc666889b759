import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { Emitter } from '../../../src/core/base/event';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { formatPico, parsePico } from '../../../src/core/money/pico';
import { findBarriers } from '../../support/pageHarness/accessibility';
import { type LiveUsageOptions, LiveUsagePage } from '../../support/pageHarness/liveUsagePage';
import { MillionRows } from '../../support/usage/millionRows';
import { sampleEntry, sampleId, sampleLedger } from '../../support/usage/sampleLedger';
import { takePicture } from '../../support/workbench/pictures';

const nowMs = new Date(2026, 7, 5, 17, 30).getTime();
const row = '[data-part="usage-row"]';

suite('The usage page', function () {
  this.timeout(60_000);
  let live: LiveUsagePage | undefined;
  let page: Page;

  teardown(async () => {
    const troubles = [...(live?.harness.troubles ?? []), ...(live?.hostTroubles ?? [])];
    await live?.close();
    live = undefined;
    assert.deepEqual(troubles, []);
  });

  async function open(parts: LedgerParts, options: Partial<LiveUsageOptions> = {}): Promise<LiveUsagePage> {
    live = await LiveUsagePage.open({
      store: parts.store,
      queries: parts.queries,
      nowMs,
      ...options,
    });
    page = live.harness.page;
    await page.waitForSelector(`${row}, [data-part="empty"]`);
    await live.harness.settle();
    return live;
  }

  const figure = (part: string) => page.getAttribute(`[data-part="${part}"]`, 'data-value');

  suite('with a year of requests', () => {
    let year: LedgerParts;
    setup(async () => {
      year = await sampleLedger(365, nowMs);
    });

    test('opens where the browser names its language as the system does', async () => {
      await open(year, { language: 'en-US@posix' });
      assert.ok(await figure('total-all'));
      assert.ok(await page.isVisible('[data-part="chart"]'));
    });

    test('shows exact sums, and says apart what is estimated, pending or unknown', async () => {
      await open(year);
      const all = await year.queries.usage({});
      assert.equal(await figure('total-all'), formatPico(all.spentPico));
      assert.ok(await figure('total-today'));
      assert.ok(await figure('total-month'));
      assert.match(
        (await page.textContent('[data-part="total-all"]')) ?? '',
        new RegExp(`≈.*estimated \\+ ${all.pendingRequests} pending \\+ ${all.unknownRequests} unknown`),
      );
    });

    test('a sum that is chosen makes the whole page speak of its time', async () => {
      await open(year);
      await page.click('[data-part="total-all"]');
      await page.waitForSelector('[data-part="total-all"][aria-pressed="true"]');
      const { requests } = await year.queries.usage({});
      await page.waitForFunction(
        text => document.querySelector('[data-part="usage-count"]')?.textContent?.includes(text),
        requests.toLocaleString('en-US'),
      );
      assert.equal(await page.locator('[data-part="split-row"]').count(), 5);
    });

    test('the chart has the same figures as a table', async () => {
      await open(year);
      await page.click('[data-part="chart-table"] summary');
      const values = await page.$$eval('[data-part="chart-row"] [data-value]', cells =>
        cells.map(cell => Number(cell.getAttribute('data-value'))),
      );
      const sum = values.reduce((total, value) => total + value, 0);
      assert.ok(values.length > 0);
      assert.ok(Math.abs(sum - Number(await figure('total-month'))) < 1e-9);
      assert.match((await page.getAttribute('[data-part="chart"]', 'aria-label')) ?? '', /^Bar chart of/);
    });

    test('a click on a bar lists the requests of its day, and a button all again', async () => {
      await open(year);
      const before = await page.textContent('[data-part="usage-count"]');
      await page.locator('[data-part="chart"] .u-over').click();
      await page.waitForSelector('[data-part="span-filter"]');
      await page.waitForFunction(
        text => document.querySelector('[data-part="usage-count"]')?.textContent !== text,
        before,
      );
      await page.click('[data-part="span-filter"] button');
      await page.waitForFunction(
        text => document.querySelector('[data-part="usage-count"]')?.textContent === text,
        before,
      );
      assert.equal(await page.locator('[data-part="span-filter"]').count(), 0);
    });

    test('searching, filtering and sorting narrow and order the list', async () => {
      await open(year);
      await page.click('[data-part="total-all"]');
      await page.fill('[data-part="search"]', 'gemini');
      await page.waitForFunction(
        selector =>
          [...document.querySelectorAll(selector)].every(({ textContent }) =>
            textContent?.includes('gemini'),
          ),
        row,
      );
      await page.click('.filter-fold summary');
      await page.selectOption('[data-part="filter-outcome"]', 'cancelled');
      await page.waitForFunction(
        selector =>
          [...document.querySelectorAll(selector)].every(({ textContent }) =>
            textContent?.includes('cancelled'),
          ),
        row,
      );
      await page.click('[data-part="clear-filters"]');
      await page.click('[data-part="sort-cost"]');
      await page.waitForSelector('[role="columnheader"][aria-sort="descending"] [data-part="sort-cost"]');
      const mostExpensive = await year.queries.rows({ sort: 'cost', limit: 1 });
      await page.waitForSelector(`${row}[data-value="${mostExpensive.rows[0]?.id}"][aria-rowindex="2"]`);
    });

    test('what is typed into the search stays as it is typed, and Clear takes it away', async () => {
      const { harness } = await open(year);
      const search = page.locator('[data-part="search"]');
      const echo = async (text: string): Promise<void> => {
        await page.waitForFunction(
          wanted =>
            window.posted.some(
              message => 'filter' in message && (message.filter as { text?: string }).text === wanted,
            ),
          text,
        );
        await harness.untilTold(message => message.type === 'list' && message.list.filter.text === text);
      };
      await search.pressSequentially('gemini ');
      await echo('gemini');
      assert.equal(await search.inputValue(), 'gemini ');
      await search.pressSequentially('2');
      assert.equal(await search.inputValue(), 'gemini 2');
      await page.click('.filter-fold summary');
      await page.selectOption('[data-part="filter-outcome"]', 'cancelled');
      await echo('gemini 2');
      assert.equal(await search.inputValue(), 'gemini 2');
      await page.click('[data-part="clear-filters"]');
      await page.waitForSelector('[data-part="clear-filters"]', { state: 'detached' });
      assert.equal(await search.inputValue(), '');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-part')), 'search');
    });

    test('another order begins at its top', async () => {
      await open(year);
      await page.click('[data-part="total-all"]');
      await page.waitForSelector('#usage-row-17');
      for (const [part, direction] of [
        ['sort-time', 'ascending'],
        ['sort-cost', 'descending'],
      ] as const) {
        await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTo(0, 900));
        await page.waitForSelector('#usage-row-0', { state: 'detached' });
        await page.click(`[data-part="${part}"]`);
        await page.waitForSelector(`[aria-sort="${direction}"] [data-part="${part}"]`);
        await page.waitForSelector('#usage-row-0');
        assert.equal(await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTop), 0);
      }
    });

    test('a part of a split lists its requests', async () => {
      await open(year);
      await page.click('[data-part="split-provider"]');
      await page.click('[data-part="split-row"] button');
      const wanted = await live?.harness.waitForPosted('list');
      assert.ok(wanted?.filter.provider);
      await page.waitForFunction(
        value => document.querySelector<HTMLSelectElement>('[data-part="filter-provider"]')?.value === value,
        wanted.filter.provider,
      );
    });

    test('the details have every fact, the id to copy and the way to OpenRouter', async () => {
      const { harness } = await open(year);
      const entry = {
        ...{ ...sampleEntry(90_000, nowMs - 5), prompt: '<b>Why?</b>', provider: '<img src=x>' },
        ...{ serviceTier: 'flex', region: 'europe', attempt: 2, costParts: '{"parts":[]}' },
      };
      await year.store.put(entry);
      await page.click(`${row}[data-value="${entry.id}"]`);
      await page.waitForSelector('[data-part="usage-details"] .stored', { state: 'attached' });
      const text = (await page.textContent('[data-part="usage-details"]')) ?? '';
      for (const fact of [entry.id, entry.generationId, '<b>Why?</b>', '<img src=x>', 'max_tokens']) {
        assert.ok(text.includes(fact ?? ''), `${fact} is missing`);
      }
      assert.match(text, /Service tierflex.*Regioneurope.*Attempt at a provider2/s);
      assert.ok(!text.includes('{"parts"'), 'the parts of the cost are no text to read');
      await page.click('[data-part="copy-id"]');
      assert.equal((await harness.waitForPosted('copy')).text, entry.generationId);
      assert.match(await page.innerText('[data-part="copy-id"]'), /Copied/);
      assert.equal(await page.textContent('dialog [data-part="announcement"]'), 'Copied');
      await page.click('[data-part="open-in-openrouter"]');
      assert.equal((await harness.waitForPosted('openInOpenRouter')).id, entry.id);
      await page.keyboard.press('Escape');
      await page.waitForSelector('[data-part="usage-details"]:not([open])', { state: 'attached' });
    });

    for (const width of [400, 900]) {
      test(`a row from before is explained as far as today’s prices go, at ${width} px`, async () => {
        const { harness } = await open(year, { context: { viewport: { width, height: 900 } } });
        const entry = {
          ...sampleEntry(90_010, nowMs - 5),
          servedModel: 'openai/gpt-5-mini',
          outcome: 'completed',
          costState: 'billed',
          costPico: 5_000_000_000_000n,
        } as const;
        await year.store.put(entry);
        await page.click(`${row}[data-value="${entry.id}"]`);
        await page.press('[data-part="explain-cost"]', 'Enter');
        assert.equal(await page.getAttribute('[data-part="explain-cost"]', 'aria-expanded'), 'true');
        await page.waitForSelector('[data-part="cost-total"]');
        const values = await page
          .locator('[data-part="cost-part"]')
          .evaluateAll(all => all.map(one => one.getAttribute('data-value') ?? ''));
        const sum = values.reduce((total, usd) => total + (parsePico(usd) ?? assert.fail(usd)), 0n);
        assert.equal(sum, entry.costPico);
        assert.equal(await figure('cost-total'), '5');
        const kinds = await page
          .locator('[data-part="cost-part"]')
          .evaluateAll(all => all.map(one => one.getAttribute('data-kind')));
        assert.ok(kinds.includes('input') && kinds.includes('output') && kinds.includes('notExplained'));
        assert.match((await page.textContent('[data-part="cost-note"]')) ?? '', /today's price list/);
        assert.deepEqual(await findBarriers(page), []);
        const dialog = page.locator('[data-part="usage-details"]');
        assert.ok(await dialog.evaluate(one => one.scrollWidth <= one.clientWidth));
        await page.click('[data-part="copy-evidence"]');
        assert.match(
          (await harness.waitForPosted('copy')).text,
          new RegExp(`Generation id: ${entry.generationId}`),
        );
        await page.keyboard.press('Escape');
        await page.click(`${row}[data-value="${entry.id}"]`);
        assert.equal(await page.locator('[data-part="cost-breakdown"]').count(), 0);
      });
    }

    test('requests whose cost nobody knows are told apart, and their details say how to find them', async () => {
      const { harness } = await open(year);
      const { generationId: _, costPico: __, ...entry } = sampleEntry(90_001, nowMs - 5);
      const [found, lost] = [
        { ...entry, costState: 'unknown', outcome: 'interrupted', sessionId: 'conversation-7' } as const,
        { ...entry, id: sampleId(90_002), costState: 'unknown', outcome: 'interrupted' } as const,
      ];
      await year.store.put(found);
      await year.store.put(lost);
      await page.waitForSelector(`${row}[data-value="${lost.id}"]`);
      await page.click('[data-part="show-unknown"]');
      assert.equal((await harness.waitForPosted('list')).filter.costState, 'unknown');
      await page.click(`${row}[data-value="${found.id}"]`);
      assert.match(
        (await page.textContent('[data-part="no-id"]')) ?? '',
        /its logs have it .* under this session/,
      );
      await page.click('[data-part="open-logs"]');
      assert.equal((await harness.waitForPosted('openLogs')).id, 'conversation-7');
      await page.keyboard.press('Escape');
      await page.click(`${row}[data-value="${lost.id}"]`);
      await page.waitForFunction(
        () => !document.querySelector('[data-part="no-id"]')?.textContent?.includes('session'),
      );
      assert.equal(await page.locator('[data-part="open-logs"]').count(), 0);
    });

    test('everything can be reached and done with the keyboard', async () => {
      const { harness } = await open(year);
      const order: string[] = [];
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        const name = await page.evaluate(() => {
          const focused = document.activeElement;
          return (
            focused?.getAttribute('data-part') ?? focused?.getAttribute('role') ?? focused?.tagName ?? ''
          );
        });
        order.push(name);
        if (name === 'grid') break;
      }
      for (const part of [
        'export',
        'start-reconcile',
        'delete',
        'total-today',
        'split-model',
        'most-expensive',
        'search',
      ]) {
        assert.ok(order.includes(part), `${part} was not reached: ${order.join(' ')}`);
      }
      assert.equal(order.at(-1), 'grid');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      const active = await page.getAttribute('[role="grid"]', 'aria-activedescendant');
      assert.equal(await page.getAttribute(`#${active}`, 'aria-rowindex'), '4');
      const id = await page.getAttribute(`#${active}`, 'data-value');
      await page.keyboard.press('Enter');
      assert.equal((await harness.waitForPosted('open')).id, id);
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid');
    });

    test('arrow keys move between the ways of splitting', async () => {
      await open(year);
      await page.focus('[data-part="split-model"]');
      await page.keyboard.press('ArrowRight');
      assert.equal(await page.getAttribute('[data-part="split-provider"]', 'aria-selected'), 'true');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await page.getAttribute('[data-part="split-language"]', 'aria-selected'), 'true');
    });

    test('the buttons tell the host what is wanted', async () => {
      const { harness } = await open(year);
      await page.click('[data-part="export"]');
      await page.click('[data-part="start-reconcile"]');
      await page.click('[data-part="delete"]');
      for (const type of ['export', 'reconcile', 'deleteHistory'] as const) await harness.waitForPosted(type);
    });

    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      test(`has no barrier that axe knows of, in the theme ${theme}`, async () => {
        await open(year, { theme });
        await page.click('[data-part="chart-table"] summary');
        await page.click('.filter-fold summary');
        await page.click('[data-part="meanings"] summary');
        assert.deepEqual(await findBarriers(page), []);
        await page.click(row);
        await page.waitForSelector('dialog[open]');
        assert.deepEqual(await findBarriers(page), []);
      });
    }

    test('without scrolling there are the sums, the chart, and where most of it went', async () => {
      const size = { width: 960, height: 800 };
      const endOfMonthMs = new Date(2026, 7, 28, 17, 30).getTime();
      const parts = await sampleLedger(365, endOfMonthMs);
      await open(parts, { nowMs: endOfMonthMs, context: { viewport: size } });
      for (const part of ['total-all', 'chart', 'split-row']) {
        const box = await page.locator(`[data-part="${part}"]`).first().boundingBox();
        assert.ok(box && box.y + box.height <= size.height, part);
      }
      await takePicture({ page }, 'usage');
    });

    test('at 300 pixels nothing is wider than the page', async () => {
      await open(year, { context: { viewport: { width: 300, height: 700 } } });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 300);
      assert.deepEqual(await findBarriers(page), []);
    });
  });

  suite('while requests run', () => {
    test('a request comes in at the top, and turns from pending into settled in its place', async () => {
      const parts = await sampleLedger(10, nowMs);
      await open(parts);
      const entry = {
        ...sampleEntry(90_000, nowMs - 5),
        outcome: 'started',
        costState: 'pending',
        costPico: undefined,
      } as const;
      await parts.store.put(entry);
      const shown = `${row}[data-value="${entry.id}"]`;
      await page.waitForSelector(`${shown}[aria-rowindex="2"] [data-part="status"][data-value="streaming"]`);
      await parts.store.update(entry.id, { outcome: 'cancelled' });
      await page.waitForSelector(`${shown} [data-part="status"][data-value="cancelled"]`);
      assert.equal(await page.getAttribute(`${shown} [data-part="cost-state"]`, 'data-value'), 'pending');
      await parts.store.update(entry.id, { costState: 'settled', costPico: 25n * 10n ** 10n });
      await page.waitForSelector(`${shown} [data-part="cost"][data-value="0.25"]`);
      assert.equal(await page.getAttribute(`${shown} [data-part="cost-state"]`, 'data-value'), 'settled');
      const today = await parts.queries.usage({ fromMs: new Date(2026, 7, 5).getTime() });
      await page.waitForSelector(`[data-part="total-today"][data-value="${formatPico(today.spentPico)}"]`);
    });

    test('who has scrolled down is not moved, but told', async () => {
      const parts = await sampleLedger(200, nowMs);
      await open(parts);
      await page.click('[data-part="total-all"]');
      await page.waitForSelector(`#usage-row-17`);
      await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTo(0, 900));
      await live?.harness.settle();
      const top = await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTop);
      await parts.store.put(sampleEntry(90_000, nowMs - 5));
      await page.waitForSelector('[data-part="show-news"]');
      assert.equal(await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTop), top);
      await page.click('[data-part="show-news"]');
      await page.waitForSelector(`${row}[data-value="${sampleId(90_000)}"][aria-rowindex="2"]`);
      await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'grid');
    });
  });

  suite('before the first request', () => {
    test('teaches, and offers to ask', async () => {
      const { harness } = await open(await sampleLedger(0, nowMs));
      assert.match((await page.textContent('[data-part="empty"]')) ?? '', /Nothing spent yet/);
      assert.deepEqual(await findBarriers(page), []);
      await page.click('[data-part="ask"]');
      await harness.waitForPosted('ask');
    });

    test('gives way to the first request without a reload', async () => {
      const parts = await sampleLedger(0, nowMs);
      await open(parts);
      await parts.store.put(sampleEntry(1, nowMs - 5));
      await page.waitForSelector(`${row}[data-value="${sampleId(1)}"]`);
      assert.equal(await page.locator('[data-part="empty"]').count(), 0);
    });
  });

  suite('with a million requests', () => {
    const store = {
      get: async () => undefined,
      update: async () => {},
      onDidChange: new Emitter<{ readonly id: string }>().event,
    };
    let rows: MillionRows;
    setup(async () => {
      rows = new MillionRows(nowMs);
      live = await LiveUsagePage.open({ store, queries: rows, nowMs });
      page = live.harness.page;
      await page.waitForSelector(row);
    });

    test('only what is in view exists, and little more is ever sent', async () => {
      assert.match((await page.textContent('[data-part="usage-count"]')) ?? '', /1,000,000 requests/);
      assert.ok((await page.locator(row).count()) < 60);
      assert.ok(rows.given < 400, `${rows.given} rows were read`);
    });

    test('scrolling and keys reach rows far down, which are read page by page', async () => {
      await page.focus('[role="grid"]');
      for (const index of [100, 200, 300, 400, 500]) {
        await page.keyboard.press('End');
        await page.waitForSelector(`${row}[data-value="${sampleId(index)}"]`);
      }
      assert.ok((await page.locator(row).count()) < 60);
      assert.ok(rows.given < 1500);
      await page.keyboard.press('Home');
      await page.waitForSelector(`${row}[data-value="${sampleId(0)}"]`);
    });

    test('the oldest are at the other end of the order', async () => {
      await page.click('[data-part="sort-time"]');
      await page.waitForSelector('[aria-sort="ascending"] [data-part="sort-time"]');
      await page.waitForSelector(`${row}[data-value="${sampleId(0)}"][aria-rowindex="2"]`);
    });
  });
});
