import assert from 'node:assert/strict';
import type { CacheHint, LeftCache } from '../../../src/core/models/caching/cacheHint';
import {
  type AnswerHarness,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

declare global {
  interface Window {
    /** The page's time, in the hands of the test. */
    testClock: { nowMs: number; isHidden: boolean; readonly timers: Map<number, () => void> };
  }
}

const nowMs = 1_760_000_000_000;
const warm: CacheHint = {
  state: 'warm',
  untilMs: nowMs + 190_000,
  after: 'cold',
  warmUsd: '0.004',
  coldUsd: '0.031',
};
const left: LeftCache = {
  leftModel: 'Acme: M2',
  untilMs: nowMs + 61_000,
  stayUsd: '0.004',
  switchUsd: '0.052',
};

suite('answer page: warm or cold', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
    await harness.page.evaluate(takeClock, nowMs);
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const show = (changes: Parameters<typeof makeComposer>[0]) =>
    harness.post(showing([makeTurn()], makeComposer({ estimate: '≈ 9,000 tokens', ...changes })));
  const estimate = () => visibleText(part(harness, 'estimate'));
  const timers = () => harness.page.evaluate(() => window.testClock.timers.size);
  /** So much later, timers that are due by then have run. */
  async function pass(ms: number, isHidden = false): Promise<void> {
    await harness.page.evaluate(
      ([later, hidden]) => {
        const { testClock } = window;
        testClock.nowMs += later;
        if (testClock.isHidden !== hidden) {
          testClock.isHidden = hidden;
          document.dispatchEvent(new Event('visibilitychange'));
        }
        const due = [...testClock.timers.values()];
        testClock.timers.clear();
        for (const run of due) run();
      },
      [ms, isHidden] as const,
    );
    await harness.settle();
  }

  test('gives both prices and counts down, by one timer', async () => {
    await show({ cache: warm });
    assert.equal(await estimate(), '≈ 9,000 tokens Input likely warm, 3:10 left: $0.004 · cold $0.031');
    assert.equal(await part(harness, 'cache-warm').getAttribute('data-value'), '0.004');
    assert.equal(await part(harness, 'cache-cold').getAttribute('data-value'), '0.031');
    assert.equal(await timers(), 1);
    await pass(1000);
    assert.equal(await visibleText(part(harness, 'cache-left')), '3:09');
    assert.equal(await timers(), 1);
    await show({ cache: warm, draft: 'More' });
    assert.equal(await timers(), 1);
  });

  test('is likely cold once the time is over, and needs no timer any more', async () => {
    await show({ cache: warm });
    await pass(190_000);
    assert.match(await estimate(), /Input likely cold: \$0\.031 · warm \$0\.004/);
    assert.equal(await part(harness, 'cache').getAttribute('data-state'), 'cold');
    assert.equal(await timers(), 0);
  });

  test('has no timer while the page is hidden, and is right when it is shown again', async () => {
    await show({ cache: warm });
    await pass(1000, true);
    assert.equal(await timers(), 0);
    await show({ cache: warm, draft: 'Meanwhile' });
    assert.equal(await timers(), 0);
    await pass(60_000, false);
    assert.equal(await visibleText(part(harness, 'cache-left')), '2:09');
    assert.equal(await timers(), 1);
  });

  test('has no timer when there is nothing to count', async () => {
    for (const state of ['cold', 'unknown', 'new'] as const) {
      await show({ cache: { state, warmUsd: '0.004', coldUsd: '0.031' } });
      assert.match(await estimate(), /\$0\.031/);
      assert.match(await estimate(), /likely|not known/);
      assert.equal(await timers(), 0, state);
    }
    await show({ cache: warm });
    await show({});
    assert.equal(await estimate(), '≈ 9,000 tokens');
    assert.equal(await timers(), 0);
  });

  test('warns that another model leaves a warm cache, until that is over', async () => {
    await show({ estimate: undefined, leftCache: left });
    assert.equal(
      await estimate(),
      'Acme: M2 likely still has this conversation in its cache, 1:01 left: input $0.004 there · $0.052 here',
    );
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /^Acme: M2 likely still has/);
    await pass(61_000);
    assert.equal(await part(harness, 'cache-warning').count(), 0);
    assert.equal(await timers(), 0);
  });

  test('stays within a narrow panel', async () => {
    await harness.page.setViewportSize({ width: 240, height: 640 });
    try {
      await show({ cache: warm, leftCache: left });
      assert.match(await estimate(), /3:10 left/);
      const overflow = await harness.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
      const [line, box] = [
        await part(harness, 'cache').boundingBox(),
        await part(harness, 'composer').boundingBox(),
      ];
      assert.ok(line && box && line.x >= box.x && line.x + line.width <= box.x + box.width);
    } finally {
      await harness.page.setViewportSize({ width: 720, height: 640 });
    }
  });

  test('says under “Sent” what was marked', async () => {
    const turn = makeTurn();
    await harness.post(showing([{ ...turn, sent: { ...turn.sent, cacheMark: 'write' } }]));
    await part(harness, 'sent').locator('summary').click();
    assert.match(await visibleText(part(harness, 'cache-mark')), /^With cache_control at its end/);
  });
});

/** Runs in the page: from here on its time stands still until the test moves it. */
function takeClock(startMs: number): void {
  const clock = { nowMs: startMs, isHidden: false, timers: new Map<number, () => void>() };
  let next = 1_000_000;
  window.testClock = clock;
  Date.now = () => clock.nowMs;
  Object.defineProperty(document, 'hidden', { get: () => clock.isHidden, configurable: true });
  const [setReal, clearReal] = [window.setTimeout, window.clearTimeout];
  // Only what waits for about a second is the countdown's.
  Object.assign(window, {
    setTimeout: (run: () => void, ms = 0, ...rest: readonly unknown[]) => {
      if (ms < 1 || ms > 1001) return setReal(run, ms, ...rest);
      next += 1;
      clock.timers.set(next, run);
      return next;
    },
    clearTimeout: (id: number) => (clock.timers.delete(id) ? undefined : clearReal(id)),
  });
}
