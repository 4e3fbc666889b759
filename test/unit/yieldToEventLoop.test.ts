import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { yieldToEventLoop } from '../../src/core/base/yieldToEventLoop';

/** Work that takes a turn of the event loop for itself. */
function work(): void {
  const endMs = performance.now() + 1;
  while (performance.now() < endMs);
}

/** Whether `event` happens while long work yields again and again. */
async function happensBetween(event: Promise<unknown>): Promise<boolean> {
  let hasHappened = false;
  void event.then(() => {
    hasHappened = true;
  });
  for (let turn = 0; !hasHappened && turn < 900; turn++) {
    work();
    await yieldToEventLoop();
  }
  return hasHappened;
}

suite('yielding to the event loop', () => {
  test('lets a timer through', async () => {
    assert.ok(await happensBetween(new Promise(resolve => setTimeout(resolve, 1))));
  });

  test('lets the disk through', async () => {
    assert.ok(await happensBetween(readFile(__filename)));
  });
});
