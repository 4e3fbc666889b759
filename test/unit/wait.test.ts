import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { wait } from '../../src/core/base/wait';
import { FakeClock } from '../support/openrouter/fakeClock';

suite('Waiting', () => {
  for (const [how, end] of [
    ['the time is over', (clock: FakeClock) => clock.advance(100)],
    ['it is stopped', (_: FakeClock, abort: AbortController) => abort.abort()],
  ] as const) {
    test(`ends when ${how}, and leaves no timer and no listener`, async () => {
      const [clock, abort] = [new FakeClock(), new AbortController()];
      let isOver = false;
      const waiting = wait(100, abort.signal, (ms, callback) => clock.after(ms, callback)).then(() => {
        isOver = true;
      });
      clock.advance(99);
      await Promise.resolve();
      assert.deepEqual([isOver, clock.pending], [false, 1]);
      end(clock, abort);
      await waiting;
      assert.deepEqual([clock.pending, getEventListeners(abort.signal, 'abort').length], [0, 0]);
    });
  }

  test('does not begin when it is stopped already', async () => {
    const clock = new FakeClock();
    await wait(100, AbortSignal.abort(), (ms, callback) => clock.after(ms, callback));
    assert.equal(clock.pending, 0);
  });
});
