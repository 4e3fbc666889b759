import assert from 'node:assert/strict';
import { parsePico } from '../../../src/core/money/pico';
import type { CostExplanation } from '../../../src/core/usage/costExplanation';
import { findBarriers } from '../../support/pageHarness/accessibility';
import {
  type AnswerHarness,
  happening,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { LiveAnswerPage } from '../../support/pageHarness/liveAnswerPage';
import type { ThemeName } from '../../support/pageHarness/themes';
import { makeAnswer, makeTurn } from '../../support/turns';

const turn = makeTurn({
  id: 'a',
  answer: makeAnswer({
    status: 'completed',
    text: 'Because.',
    generationId: 'gen-1',
    finishReason: 'stop',
    cost: { state: 'billed', usd: '0.015' },
    ending: { outcome: 'completed', durationMs: 900 },
  }),
});

const explanation: CostExplanation = {
  costState: 'billed',
  totalUsd: '0.015',
  parts: [
    { kind: 'input', label: 'Input', detail: '900 tokens at $3 per million', usd: '0.0027', percent: 18 },
    {
      kind: 'output',
      label: 'Output',
      detail: '1,330 tokens at $10 per million',
      usd: '0.0133',
      percent: 88.7,
    },
    { kind: 'tier', label: 'Service tier', usd: '-0.001', percent: -6.7 },
  ],
  sentence: 'Most of it, $0.0133 of $0.015, is output: 1,330 tokens at $10 per million.',
  mainKind: 'output',
  comparisons: ['Estimated before sending: $0.0027 to $0.062.'],
  note: 'The prices of its minute were not kept.',
  evidence: 'Generation id: gen-1',
};

suite('answer page: why a turn cost what it did', () => {
  let harness: AnswerHarness | undefined;
  teardown(async () => {
    assert.deepEqual(harness?.troubles ?? [], []);
    await harness?.close();
    harness = undefined;
  });

  async function open(theme: ThemeName = 'dark', width = 720): Promise<AnswerHarness> {
    harness = await openAnswerPage({ theme, context: { viewport: { width, height: 1600 } } });
    await harness.post(showing([turn]));
    return harness;
  }

  async function openExplained(theme?: ThemeName, width?: number): Promise<AnswerHarness> {
    const page = await open(theme, width);
    await part(page, 'explain-cost').press('Enter');
    assert.equal((await page.waitForPosted('explainCost')).turnId, 'a');
    await page.post({ type: 'explanation', turnId: 'a', explanation });
    await part(page, 'cost-total').waitFor();
    return page;
  }

  test('the parts add up to the bill, and the main cause is said first', async () => {
    const page = await openExplained();
    const parts = await part(page, 'cost-part').evaluateAll(all =>
      all.map(one => [one.getAttribute('data-kind'), one.getAttribute('data-value') ?? '']),
    );
    assert.deepEqual(
      parts,
      explanation.parts.map(({ kind, usd }) => [kind, usd]),
    );
    const sum = parts.reduce((total, [, usd]) => total + (parsePico(usd ?? '') ?? 0n), 0n);
    assert.equal(sum, parsePico((await part(page, 'cost-total').getAttribute('data-value')) ?? ''));
    assert.equal(await part(page, 'cost-cause').getAttribute('data-value'), 'output');
    assert.match(await visibleText(part(page, 'cost-breakdown')), /^Most of it, \$0\.0133 of \$0\.015/);
    assert.match(await visibleText(part(page, 'cost-part').nth(2)), /Service tier -\$0\.001 -6\.7 %/);
    assert.equal(await page.page.textContent('[data-part="announcement"]'), explanation.sentence);
  });

  test('evidence is copied, the record opened, and all of it put away, with the keyboard alone', async () => {
    const page = await openExplained();
    const pressed = part(page, 'explain-cost');
    assert.equal(await pressed.getAttribute('aria-expanded'), 'true');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    assert.equal((await page.waitForPosted('openInOpenRouter')).turnId, 'a');
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    assert.equal((await page.waitForPosted('copy')).text, explanation.evidence);
    await pressed.press('Enter');
    await part(page, 'cost-breakdown').waitFor({ state: 'detached' });
    assert.equal(await pressed.getAttribute('aria-expanded'), 'false');
  });

  test('a cost that becomes known while it is explained is explained anew', async () => {
    const page = await openExplained();
    const before = (await page.posted()).filter(({ type }) => type === 'explainCost').length;
    await page.post(happening('a', { type: 'settled', cost: { state: 'settled', usd: '0.02' }, usage: {} }));
    await page.settle();
    assert.equal((await page.posted()).filter(({ type }) => type === 'explainCost').length, before + 1);
  });

  test('requests that went on from each other are all explained, with one total', async () => {
    const page = await openExplained();
    const together: CostExplanation = {
      ...{ ...explanation, totalUsd: '0.03', sentence: '2 requests cost $0.03 together.', comparisons: [] },
      parts: explanation.parts.map(each => ({ ...each, usd: String(2 * Number(each.usd)) })),
      requests: [explanation, explanation],
    };
    await page.post({ type: 'explanation', turnId: 'a', explanation: together });
    await part(page, 'cost-request').nth(1).waitFor();
    const totals = part(page, 'cost-total');
    assert.deepEqual(await totals.evaluateAll(all => all.map(one => one.getAttribute('data-value'))), [
      '0.03',
      '0.015',
      '0.015',
    ]);
    assert.match(await visibleText(part(page, 'cost-request').nth(1)), /^Request 2\. Most of it/);
    assert.deepEqual(await findBarriers(page.page), []);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    test(`it can be read at 400 px in the ${theme} theme`, async () => {
      const { page } = await openExplained(theme, 400);
      assert.deepEqual(await findBarriers(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 400);
    });
  }

  test('nothing of it is cut off at 280 px', async () => {
    const { page } = await openExplained('dark', 280);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 280);
  });

  test('a turn without a cost or an id has nothing to explain or open', async () => {
    const page = await open();
    await page.post(showing([makeTurn({ id: 'b', answer: makeAnswer({ text: 'Half' }) })]));
    assert.equal(await part(page, 'explain-cost').count(), 0);
    assert.equal(await part(page, 'open-in-openrouter').count(), 0);
  });
});

suite('answer page: costs explained by its host', () => {
  test('what the ledger keeps of a turn is shown, and its record opened', async () => {
    const live = new LiveAnswerPage();
    live.world.answer = async function* () {
      yield { type: 'accepted', generationId: 'gen-7' };
      yield { type: 'text', text: 'Because.' };
      yield { type: 'cost', cost: { state: 'billed', usd: '0.015' } };
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
    };
    await live.open();
    await part(live.harness, 'composer').fill('Why?');
    await part(live.harness, 'composer').press('Enter');
    await part(live.harness, 'explain-cost').waitFor();
    const [{ id = '' } = {}] = live.world.turns;
    await live.ledger.store.begin({
      ...{ id, startedAt: 1, origin: 'panel', action: 'ask', requestedModel: 'acme/m1', maxTokens: 5 },
      endpoint: 'https://openrouter.ai',
    });
    await live.ledger.store.update(id, {
      ...{ outcome: 'completed', costState: 'billed', costPico: 15_000_000_000n, generationId: 'gen-7' },
      costParts: '{"parts":[{"kind":"output","usd":"0.015","pico":"0.015"}]}',
    });
    await part(live.harness, 'explain-cost').click();
    await part(live.harness, 'cost-part').waitFor();
    assert.equal(await part(live.harness, 'cost-part').getAttribute('data-value'), '0.015');
    await part(live.harness, 'open-in-openrouter').click();
    await live.harness.waitForPosted('openInOpenRouter');
    await part(live.harness, 'copy-evidence').click();
    await live.harness.settle();
    assert.match(live.user.opened[0] ?? '', /logs\?api_key_hash=[0-9a-f]{64}&generation_id=gen-7$/);
    assert.match(live.user.copied[0] ?? '', /Generation id: gen-7/);
    const troubles = [...live.harness.troubles, ...live.hostTroubles];
    await live.close();
    assert.deepEqual(troubles, []);
  });
});
