import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { fail, type Result, succeed } from '../../../src/core/chat/result';
import type { EndpointFacts } from '../../../src/core/models/excludingRules';
import { ModelPageWorld, sampleEndpoints, sampleModels } from '../../support/modelPageWorld';
import { findBarriers } from '../../support/pageHarness/accessibility';
import { LiveModelPage } from '../../support/pageHarness/liveModelPage';
import type { PageOptions } from '../../support/pageHarness/pageHarness';

const part = (name: string): string => `[data-part="${name}"]`;

suite('The page of a model', function () {
  this.timeout(60_000);
  let world: ModelPageWorld;
  let live: LiveModelPage | undefined;
  let page: Page;

  setup(() => {
    world = new ModelPageWorld(sampleModels(60));
    world.served = succeed(sampleEndpoints);
    world.usedNames = ['vendor2/model-2'];
    world.settings.set({
      favouriteModels: ['vendor3/model-3'],
      parameters: { model: 'vendor2/model-2', maxTokens: 100 },
    });
  });
  teardown(async () => {
    const troubles = [...(live?.harness.troubles ?? []), ...world.troubles];
    await live?.close();
    live = undefined;
    assert.deepEqual(troubles, []);
  });

  async function open(options: PageOptions = {}, id = 'acme/m1'): Promise<LiveModelPage> {
    await world.view.show(id);
    live = await LiveModelPage.open(world, options);
    page = live.harness.page;
    await page.waitForSelector(`${part('endpoint')}, ${part('endpoints-failed')}`);
    await page.waitForSelector(`${part('chart-dot')}[tabindex="0"]`);
    await live.harness.settle();
    return live;
  }

  const texts = async (selector: string): Promise<readonly string[]> =>
    (await page.locator(selector).allInnerTexts()).map(text => text.replaceAll(/\s+/g, ' ').trim());
  const values = (selector: string) =>
    page.locator(selector).evaluateAll(all => all.map(one => one.getAttribute('data-value')));

  test('shows every price with its number, conditions, limits, scores and parameters', async () => {
    await open();
    assert.equal(await page.textContent('h1'), 'Acme: M1');
    const prices = page.locator('section[aria-labelledby="prices-title"]');
    const rows = await prices.locator(part('price')).allInnerTexts();
    assert.deepEqual([rows.length, rows[0], rows[3]], [14, 'Input\t$3', 'Input read from a cache\t$0.3']);
    assert.match((await texts(part('price-condition'))).join(), /Prompts of more than 100,000 tokens/);
    assert.ok((await values(`section[aria-labelledby="prices-title"] ${part('price')} td`)).includes('22.5'));
    assert.ok((await texts(part('fact'))).includes('Context 200,000 tokens'));
    assert.ok((await texts(part('score'))).includes('website Elo 1200 3 Design Arena'));
    assert.ok((await texts(part('parameter'))).includes('temperature = 0.7'));
    assert.match((await texts(part('model-warning'))).join(), /goes away on 2027-01-31/);
  });

  test('shows who serves it, live, and what of that can be asked for', async () => {
    await open({ context: { viewport: { width: 1200, height: 800 } } });
    const rows = await texts(part('endpoint'));
    assert.match(
      rows[0] ?? '',
      /Acme Cloud acme .*\$3 \$15 200K fp8 99\.9 % 0\.42 s 88 nothing Use Only This/,
    );
    assert.match(rows[1] ?? '', /acme\/fp4 .*\$1\.5 \$7\.5 128K fp4 91\.2 % 1\.90 s – may keep prompts/);
    assert.match(rows[2] ?? '', /^Nameless free free – – – – – –$/);
    assert.equal(await page.locator(part('use-endpoint')).count(), 2);
    await page.click(`${part('endpoint')} summary`);
    assert.match(
      (await texts(`${part('endpoint')} details[open]`)).join(),
      /12 more prices.*Web search \$0\.014 each/,
    );
  });

  test('makes the model the one in force by its button, and says so', async () => {
    await open();
    await page.press(part('use-model'), 'Enter');
    await page.waitForSelector(`${part('in-use')}[data-value="acme/m1"]`);
    assert.equal(world.settings.current.parameters.model, 'acme/m1');
    assert.equal(await page.locator(part('use-model')).count(), 0);
    assert.equal(await page.textContent(part('announcement')), 'Acme: M1 is in use now');
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-part') === 'compare-with');
  });

  test('lets one endpoint serve and no other, shows that, and takes it back', async () => {
    await open();
    await page.click(`${part('endpoint')}[data-value="acme/fp4"] ${part('use-endpoint')}`);
    await page.waitForSelector(part('pinned'));
    assert.equal(world.settings.current.parameters.model, 'acme/m1');
    assert.deepEqual(world.settings.current.parameters.provider, {
      only: ['acme/fp4'],
      allow_fallbacks: false,
    });
    assert.match((await texts(part('routing'))).join(), /only acme\/fp4/);
    assert.equal(await page.locator(part('excluded')).count(), 2);
    await page.click(part('any-provider'));
    await page.waitForSelector(part('routing'), { state: 'detached' });
    assert.deepEqual(world.settings.current.parameters.provider, {});
  });

  test('says when no provider is left by the rules', async () => {
    world.settings.set({
      parameters: { model: 'acme/m1', maxTokens: 100, provider: { only: ['elsewhere'] } },
    });
    await open();
    assert.match((await texts(part('none-left'))).join(), /a request would be refused/);
  });

  test('has buttons for comparing, the web, the clipboard and the favourites', async () => {
    const { harness } = await open();
    await page.click(part('compare-with'));
    await page.click(`${part('endpoint')}[data-value="acme"] ${part('compare-endpoints')}`);
    await page.click(part('open-on-openrouter'));
    await page.click(`${part('description')} .link >> nth=0`);
    await page.click(part('copy-id'));
    assert.equal((await harness.waitForPosted('copy')).text, 'acme/m1');
    await page.click(part('star'));
    await page.waitForSelector(`${part('star')}[aria-pressed="true"]`);
    assert.deepEqual(world.done, ['compare acme/m1', 'compare acme/m1 acme']);
    assert.deepEqual(world.user.opened, ['https://openrouter.ai/acme/m1', 'https://openrouter.ai/acme/m0']);
    assert.deepEqual(world.settings.current.favouriteModels, ['vendor3/model-3', 'acme/m1']);
  });

  test('waits for the providers, says why they are missing, and tries again', async () => {
    let answer: (served: Result<readonly EndpointFacts[]>) => void = () => undefined;
    world.served = new Promise(resolve => {
      answer = resolve;
    });
    await world.view.show('acme/m1');
    live = await LiveModelPage.open(world);
    page = live.harness.page;
    await page.waitForSelector(part('endpoints-loading'));
    assert.equal(await page.locator(part('use-model')).count(), 1);
    answer(fail({ kind: 'network' }));
    await page.waitForSelector(`${part('endpoints-failed')}[role="alert"]`);
    assert.deepEqual(await findBarriers(page), []);
    world.served = succeed([]);
    await page.click(part('retry'));
    await page.waitForSelector(part('no-endpoints'));
  });

  test('without a network it says so, and how old the list is', async () => {
    world.list.isFreshNow = false;
    world.served = fail({ kind: 'network' });
    await open();
    assert.match((await texts(part('list-note'))).join(), /cannot be reached.*read 3 hours ago/);
    assert.match((await texts(part('endpoints-failed'))).join(), /cannot be reached/);
  });

  test('keeps its model for a reload of the window', async () => {
    await open({}, 'vendor2/model-2');
    const saved = await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? 'null'));
    assert.deepEqual(saved, { model: 'vendor2/model-2' });
    await live?.close();
    world.view.pause();
    world.settings.set({ parameters: { model: 'acme/m1', maxTokens: 1 } });
    live = await LiveModelPage.open(world, {}, saved);
    page = live.harness.page;
    await page.waitForSelector(`${part('model-page')}[data-value="vendor2/model-2"]`);
  });

  suite('with its chart', () => {
    const dotOf = (id: string): string => `${part('chart-dot')}[data-value="${id}"]`;

    test('has a dot for each model, the user’s own ones by shape and name', async () => {
      await open();
      const dots = await page
        .locator(part('chart-dot'))
        .evaluateAll(all =>
          all.map(dot => `${dot.getAttribute('data-kind')} ${dot.lastElementChild?.tagName}`),
        );
      const kinds = [...new Set(dots)].sort();
      assert.deepEqual(kinds, ['favourite path', 'other circle', 'this path', 'used rect']);
      const names = await page.locator('.scatter .name').allTextContents();
      assert.deepEqual(names.toSorted(), ['Acme: M1', 'Vendor 2: Model 2', 'Vendor 3: Model 3']);
      const missing = Number(await page.getAttribute(part('not-shown'), 'data-value'));
      assert.equal(dots.length + missing, 60);
      assert.match((await texts(part('comparison'))).join(), /^Of the \d+ other models in the chart/);
    });

    test('is gone through by key, tells each model, and shows it', async () => {
      await open();
      await page.focus(dotOf('acme/m1'));
      assert.match(
        (await texts(part('chart-tip'))).join(),
        /Acme: M1 \$6 per million tokens Coding index 62\.5/,
      );
      await page.keyboard.press('Home');
      await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.includes('free'));
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowUp');
      const id = await page.evaluate(() => document.activeElement?.getAttribute('data-value'));
      assert.equal(await page.locator(`${part('chart-dot')}[tabindex="0"]`).count(), 1);
      await page.keyboard.press('Escape');
      await page.waitForSelector(part('chart-tip'), { state: 'detached' });
      await page.keyboard.press('Enter');
      await page.waitForSelector(`${part('model-page')}[data-value="${id}"]`);
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
      await page.click(part('back'));
      await page.waitForSelector(`${part('model-page')}[data-value="acme/m1"]`);
      assert.equal(await page.locator(part('back')).count(), 0);
    });

    test('shows the model that the pointer is at, and opens it by a click', async () => {
      await open();
      const dot = page.locator(dotOf('vendor3/model-3'));
      await dot.scrollIntoViewIfNeeded();
      await dot.hover({ force: true });
      assert.match((await texts(part('chart-tip'))).join(), /Vendor 3: Model 3 .* Your favourite/);
      await dot.click({ force: true });
      await page.waitForSelector(`${part('model-page')}[data-value="vendor3/model-3"]`);
    });

    test('has the same figures as a table that can be sorted', async () => {
      await open();
      await page.click(`${part('price-quality-table')} summary`);
      await page.waitForSelector(part('price-quality-row'));
      const rows = await values(part('price-quality-row'));
      const dots = await values(part('chart-dot'));
      assert.deepEqual(rows.toSorted(), dots.toSorted());
      const indexes = async (): Promise<readonly number[]> =>
        (await values(`${part('price-quality-row')} td:nth-child(3)`)).map(Number);
      await page.click(part('sort-index'));
      assert.equal(await page.getAttribute('th:has([data-part="sort-index"])', 'aria-sort'), 'descending');
      const sorted = await indexes();
      assert.deepEqual(
        sorted,
        sorted.toSorted((a, b) => b - a),
      );
      await page.click(part('sort-index'));
      assert.deepEqual(await indexes(), sorted.toReversed());
      await page.click(part('sort-mark'));
      assert.equal((await values(part('price-quality-row')))[0], 'acme/m1');
      await page.click(`${part('price-quality-row')} button >> nth=1`);
      await page.waitForSelector(`${part('model-page')}[data-value="vendor3/model-3"]`);
    });
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    test(`has no barrier that axe knows of, in the theme ${theme}`, async () => {
      await open({ theme });
      await page.click(`${part('price-quality-table')} summary`);
      await page.click(`${part('endpoint')} summary`);
      await page.focus(`${part('chart-dot')}[tabindex="0"]`);
      assert.deepEqual(await findBarriers(page), []);
    });
  }

  for (const width of [320, 400, 1000]) {
    test(`at ${width} pixels nothing is wider than the page`, async () => {
      await open({ context: { viewport: { width, height: 700 } } });
      await page.click(`${part('endpoint')} summary`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.deepEqual(await findBarriers(page), []);
    });
  }
});
