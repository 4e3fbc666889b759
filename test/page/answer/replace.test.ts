import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/chat/conversation';
import {
  type AnswerHarness,
  completed,
  happening,
  openAnswerPage,
  part,
  showing,
  text,
} from '../../support/pageHarness/answerPage';
import { makeAnswer, makeCode, makeSent, makeTurn } from '../../support/turns';

const answered = (changes: Partial<Turn>): Turn =>
  makeTurn({ answer: makeAnswer({ text: '```ts\nlet a;\n```\n', status: 'completed' }), ...changes });

suite('answer page: replacing code', () => {
  let harness: AnswerHarness;
  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const pressed = async () => (await harness.posted()).filter(({ type }) => type === 'replace');
  const visible = (): Promise<number> => part(harness, 'replace').filter({ visible: true }).count();

  test('is offered for the whole answer and for each code block', async () => {
    await harness.post(showing([answered({ id: 'a', apply: 'replace' })]));
    await harness.page.locator('.answer .code').waitFor();
    assert.equal(await visible(), 2);
    await part(harness, 'replace').filter({ hasText: 'Replace' }).click();
    await harness.page.locator('.answer .code [data-part="replace"]').click();
    assert.deepEqual(await pressed(), [
      { type: 'replace', turnId: 'a' },
      { type: 'replace', turnId: 'a', code: 'let a;\n' },
    ]);
  });

  test('is not offered where the answer is only read, is a file of its own, or what was sent is shown', async () => {
    const turns = [
      answered({ id: 'a', sent: makeSent({ code: makeCode() }) }),
      answered({ id: 'b', apply: 'newFile' }),
    ];
    await harness.post(showing(turns));
    await harness.page.locator('.answer .code').nth(1).waitFor();
    await part(harness, 'sent').first().locator('summary').press('Enter');
    await harness.page.locator('.sent-code .code').waitFor();
    assert.equal(await visible(), 0);
  });

  test('an answer that cannot be applied says so in its turn, until it is tried again', async () => {
    await harness.post(showing([answered({ id: 'a', apply: 'replace' })]));
    const reason = 'The answer leaves the code as it is. Nothing is replaced.';
    await harness.post({ type: 'refused', turnId: 'a', reason });
    await part(harness, 'refused').waitFor();
    assert.equal(await part(harness, 'refused').textContent(), reason);
    assert.equal(await harness.page.textContent('[data-part="announcement"]'), reason);
    await part(harness, 'replace').filter({ hasText: 'Replace' }).click();
    await part(harness, 'refused').waitFor({ state: 'detached' });
  });

  test('of the whole answer waits for its end', async () => {
    await harness.post(showing([]), { type: 'turn', turn: makeTurn({ id: 'a', apply: 'replace' }) });
    await harness.post(happening('a', text('words')));
    assert.equal(await visible(), 0);
    await harness.post(happening('a', completed));
    assert.equal(await visible(), 1);
  });

  test('“Sent” shows what went along with the code, word for word', async () => {
    const context = [
      { kind: 'enclosing', text: 'class A {' },
      { kind: 'problems', text: 'line 1: error ts 2304: <b>No</b> such name.' },
    ] as const;
    await harness.post(showing([answered({ sent: makeSent({ code: makeCode({ context }) }) })]));
    await part(harness, 'sent').locator('summary').press('Enter');
    const parts = part(harness, 'sent-context');
    assert.deepEqual(
      await parts.locator('pre').allTextContents(),
      context.map(each => each.text),
    );
    assert.match((await parts.nth(1).textContent()) ?? '', /Problems that are reported in it:/);
  });
});
