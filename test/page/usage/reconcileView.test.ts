import assert from 'node:assert/strict';
import { toUsageRow } from '../../../src/protocol/usageFigures';
import type { ReconcileState } from '../../../src/protocol/usageState';
import { findBarriers } from '../../support/pageHarness/accessibility';
import { LiveUsagePage } from '../../support/pageHarness/liveUsagePage';
import type { ThemeName } from '../../support/pageHarness/themes';
import { sampleEntry, sampleLedger } from '../../support/usage/sampleLedger';

const nowMs = new Date(2026, 7, 5, 17, 30).getTime();
const differing = sampleEntry(1, nowMs - 60_000);

const state: ReconcileState = {
  phase: 'done',
  periodText: 'This month (UTC)',
  total: 120,
  checked: 120,
  same: 115,
  notFound: 2,
  withoutId: 1,
  failed: 1,
  oursUsd: '1.25',
  theirsUsd: '1.26',
  differing: [
    {
      row: toUsageRow({ ...differing, costState: 'estimated', costPico: 10n ** 10n }),
      differences: [
        { field: 'cost', ours: '0.01', theirs: '0.02' },
        { field: 'completionTokens', ours: '1200', theirs: '1300' },
      ],
    },
  ],
  differingCount: 1,
  adoptable: 1,
  key: {
    keyLabel: 'sk-or-v1-abc...123',
    spans: [
      {
        span: 'day',
        fromMs: 0,
        requests: 3,
        oursUsd: '0.1',
        upstreamUsd: '0',
        unsettled: 0,
        theirsUsd: '0.1',
      },
      {
        span: 'week',
        fromMs: 0,
        requests: 9,
        oursUsd: '0.4',
        upstreamUsd: '0.2',
        unsettled: 2,
        theirsUsd: '1.1',
      },
      { span: 'month', fromMs: 0, requests: 9, oursUsd: '1.2', upstreamUsd: '0.2', unsettled: 2 },
    ],
  },
};

suite('The reconciliation in the usage page', function () {
  this.timeout(60_000);
  let live: LiveUsagePage;

  teardown(async () => {
    const { troubles } = live.harness;
    await live.close();
    assert.deepEqual(troubles, []);
  });

  async function show(reconcile: ReconcileState, theme: ThemeName = 'dark'): Promise<void> {
    const { store, queries } = await sampleLedger(30, nowMs);
    live = await LiveUsagePage.open({ store, queries, nowMs, theme });
    await live.harness.page.waitForSelector('[data-part="usage-row"]');
    await live.harness.post({ type: 'reconcile', reconcile });
  }

  const focusedId = () => live.harness.page.evaluate(() => document.activeElement?.id);

  const text = async (part: string) => (await live.harness.page.textContent(`[data-part="${part}"]`)) ?? '';

  test('lists what differs row by row, and why sums may differ', async () => {
    await show(state);
    const { page } = live.harness;
    const rows = await page.locator('[data-part="reconcile-row"]').allTextContents();
    assert.equal(rows.length, 2);
    assert.match(rows[0] ?? '', /Cost\s*\$0\.01 estimated\s*\$0\.02/);
    assert.match(rows[1] ?? '', /1,200\s*1,300/);
    const keyUsage = await text('key-usage');
    assert.match(keyUsage, /none/);
    assert.match(keyUsage, /\$0\.7 more/);
    assert.match(keyUsage, /not said/);
    assert.match(await text('reconcile'), /other apps[\s\S]*UTC days[\s\S]*BYOK/);
  });

  test('a run can be stopped, and gone on with', async () => {
    await show({ ...state, phase: 'running', checked: 40 });
    const { page } = live.harness;
    assert.equal(await page.locator('[data-part="adopt"]').count(), 0);
    await page.click('[data-part="stop-reconcile"]');
    await live.harness.waitForPosted('stopReconcile');
    await live.harness.post({
      type: 'reconcile',
      reconcile: { ...state, phase: 'stopped', checked: 40, problem: 'OpenRouter cannot be reached.' },
    });
    assert.match(await text('reconcile'), /40 of 120 requests checked[\s\S]*cannot be reached/);
    assert.equal(await focusedId(), 'reconcile-title');
    await page.click('[data-part="resume-reconcile"]');
    await live.harness.waitForPosted('resumeReconcile');
    await live.harness.post({ type: 'reconcile', reconcile: { ...state, phase: 'running', checked: 40 } });
    assert.equal(await focusedId(), 'reconcile-title');
  });

  test('progress is shown all the time, but told only when it begins and ends', async () => {
    await show({ ...state, phase: 'running', checked: 1 });
    await live.harness.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const status of document.querySelectorAll('[data-part="reconcile"] [role="status"]'))
        new MutationObserver(() => heard.push(status.textContent ?? '')).observe(status, {
          childList: true,
          characterData: true,
          subtree: true,
        });
    });
    for (const checked of [2, 3, 40])
      await live.harness.post({ type: 'reconcile', reconcile: { ...state, phase: 'running', checked } });
    assert.match(await text('reconcile'), /40 of 120 requests checked/);
    await live.harness.post({ type: 'reconcile', reconcile: state });
    assert.deepEqual(
      await live.harness.page.evaluate(() => (window as unknown as { heard: string[] }).heard),
      ['All requests are checked'],
    );
  });

  test('the findings can be put away', async () => {
    await show(state);
    await live.harness.page.click('[data-part="close-reconcile"]');
    await live.harness.waitForPosted('closeReconcile');
    await live.harness.post({ type: 'reconcile', reconcile: undefined });
    assert.equal(await live.harness.page.locator('[data-part="reconcile"]').count(), 0);
    assert.equal(
      await live.harness.page.evaluate(() => document.activeElement?.getAttribute('data-part')),
      'start-reconcile',
    );
  });

  test('figures can be taken over, and differing requests opened', async () => {
    await show(state);
    await live.harness.page.click('[data-part="adopt"]');
    await live.harness.waitForPosted('adoptFigures');
    await live.harness.page.click('[data-part="reconcile-row"] button');
    assert.equal((await live.harness.waitForPosted('open')).id, differing.id);
  });

  for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
    test(`has no barrier that axe knows of, in the theme ${theme}`, async () => {
      await show(state, theme);
      assert.deepEqual(await findBarriers(live.harness.page), []);
    });
  }
});
