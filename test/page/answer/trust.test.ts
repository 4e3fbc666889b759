import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import {
  type AnswerHarness,
  makeComposer,
  openAnswerPage,
  showing,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

const told = showing([makeTurn({ id: 'a', title: 'Told by the host' })]);
const forged = showing([makeTurn({ id: 'b', title: 'Forged' })], makeComposer({ model: 'evil/model' }));

/** Security finding 10. */
suite('whom the answer page believes', () => {
  let harness: AnswerHarness;
  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(() => harness.close());

  const titles = (frame: Frame): Promise<string[]> => frame.locator('[data-part="turn"] h2').allInnerTexts();

  test('a window that is not the host cannot replace what is shown', async () => {
    await harness.post(told);
    const opening = harness.page.context().waitForEvent('page');
    await harness.page.evaluate(() => void window.open('about:blank'));
    const other = await opening;
    await other.evaluate(message => window.opener.postMessage(message, '*'), forged as unknown);
    await other.close();
    await harness.settle();
    assert.deepEqual(await titles(harness.page.mainFrame()), ['Told by the host']);
    assert.equal(await harness.page.getByText('evil/model').count(), 0);
  });

  test('within a frame, as in VS Code, the page believes the holder of the frame and no frame beside it', async () => {
    const { page } = harness;
    const address = page.url();
    const holder = new URL('/holder', address).href;
    await page.route(holder, route =>
      route.fulfill({
        contentType: 'text/html',
        body: `<iframe src="${address}"></iframe><iframe name="beside"></iframe>`,
      }),
    );
    await page.goto(holder);
    const frame = page.frame({ url: address });
    const beside = page.frame('beside');
    assert.ok(frame && beside);
    await frame.waitForFunction(() => window.posted?.some(message => message.type === 'ready'));

    await page.evaluate(message => window.frames[0]?.postMessage(message, '*'), told as unknown);
    await frame.locator('[data-part="turn"]').waitFor();
    await beside.evaluate(message => window.parent.frames[0]?.postMessage(message, '*'), forged as unknown);
    // What comes from the holder afterwards is handled afterwards.
    await page.evaluate(message => window.frames[0]?.postMessage(message, '*'), {
      type: 'composer',
      composer: makeComposer({ draft: 'The host again' }),
    } as unknown);
    await frame.waitForFunction(() => document.querySelector('textarea')?.value === 'The host again');
    assert.deepEqual(await titles(frame), ['Told by the host']);
  });
});
