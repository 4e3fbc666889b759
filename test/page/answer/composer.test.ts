import assert from 'node:assert/strict';
import {
  type AnswerHarness,
  makeComposer,
  openAnswerPage,
  part,
  showing,
  visibleText,
} from '../../support/pageHarness/answerPage';
import { makeTurn } from '../../support/turns';

suite('answer page: the composer', () => {
  let harness: AnswerHarness;

  setup(async () => {
    harness = await openAnswerPage();
  });
  teardown(async () => {
    assert.deepEqual(harness.troubles, []);
    await harness.close();
  });

  const input = () => part(harness, 'composer');
  const sent = async () => (await harness.posted()).filter(({ type }) => type === 'send');

  test('Enter sends and clears, Shift+Enter makes a line', async () => {
    await harness.post(showing([]));
    await input().pressSequentially('What is');
    await input().press('Shift+Enter');
    await input().pressSequentially('this?');
    await input().press('Enter');
    assert.deepEqual(await sent(), [{ type: 'send', text: 'What is\nthis?' }]);
    assert.equal(await input().inputValue(), '');
  });

  test('the button sends, too, and is off without text or while a request runs', async () => {
    await harness.post(showing([]));
    const send = part(harness, 'send');
    assert.equal(await send.isDisabled(), true);
    await input().fill('Question');
    assert.equal(await send.isDisabled(), false);
    await harness.post({ type: 'composer', composer: makeComposer({ canSend: false }) });
    assert.equal(await send.isDisabled(), true);
    assert.match((await send.getAttribute('title')) ?? '', /An answer is running/);
    await input().press('Enter');
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /An answer is running/);
    assert.deepEqual(await sent(), []);
    assert.equal(await input().inputValue(), 'Question');
    await harness.post({ type: 'composer', composer: makeComposer() });
    assert.equal(await send.getAttribute('title'), 'Send (Enter)');
    await send.click();
    assert.deepEqual(await sent(), [{ type: 'send', text: 'Question' }]);
  });

  test('Enter that ends a composition of an input method does not send', async () => {
    await harness.post(showing([]));
    const devTools = await harness.page.context().newCDPSession(harness.page);
    await input().focus();
    await devTools.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
    await input().dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await input().dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
    assert.deepEqual(await sent(), []);
    await devTools.send('Input.insertText', { text: '日本' });
    await input().press('Enter');
    assert.deepEqual(await sent(), [{ type: 'send', text: '日本' }]);
  });

  test("keeps the draft with the host, and shows the host's draft after a reload", async () => {
    await harness.post(showing([]));
    await input().pressSequentially('Half a question');
    await harness.page.waitForFunction(() =>
      window.posted.some(
        message => message.type === 'draft' && 'text' in message && message.text === 'Half a question',
      ),
    );
    await harness.load();
    await harness.post(showing([], makeComposer({ draft: 'Half a question' })));
    assert.equal(await input().inputValue(), 'Half a question');
  });

  test('an echo of an older draft does not overwrite what is being typed', async () => {
    await harness.post(showing([]));
    await input().pressSequentially('abc');
    await harness.post({ type: 'composer', composer: makeComposer({ draft: 'a', estimate: '$0.01' }) });
    assert.equal(await input().inputValue(), 'abc');
    assert.equal(await visibleText(part(harness, 'estimate')), '$0.01');
  });

  test('a question that the host gives back after sending is there again', async () => {
    await harness.post(showing([]));
    await input().fill('Lost?');
    await input().press('Enter');
    await harness.post({ type: 'composer', composer: makeComposer({ draft: 'Lost?' }) });
    assert.equal(await input().inputValue(), 'Lost?');
  });

  test('says that a question is being made ready, which can be stopped', async () => {
    const preparing = makeComposer({ canSend: false, isPreparing: true, estimate: '$0.01' });
    await harness.post(showing([], preparing));
    assert.equal(await visibleText(part(harness, 'estimate')), 'Preparing…');
    await harness.page.getByRole('button', { name: 'Stop' }).click();
    assert.deepEqual((await harness.posted()).at(-1), { type: 'stop', turnId: undefined });
    await harness.post({ type: 'composer', composer: makeComposer() });
    assert.equal(await harness.page.getByRole('button', { name: 'Stop' }).count(), 0);
  });

  test('says when earlier turns go along with the next question', async () => {
    await harness.post(showing([makeTurn()], makeComposer({ earlierTurns: 2, estimate: '$0.01' })));
    assert.equal(await input().getAttribute('placeholder'), 'Ask a follow-up question');
    assert.equal(await part(harness, 'estimate').getAttribute('title'), 'Includes 2 earlier turns');
    await harness.post({ type: 'composer', composer: makeComposer() });
    assert.equal(await input().getAttribute('placeholder'), 'Ask a question');
  });

  test('grows with its text up to a part of the window', async () => {
    await harness.post(showing([]));
    const height = async (): Promise<number> => (await input().boundingBox())?.height ?? 0;
    const one = await height();
    await input().fill('a\nb\nc\nd');
    const four = await height();
    await input().fill('line\n'.repeat(100));
    assert.ok(four > one * 1.5, `${four} > ${one}`);
    assert.ok((await height()) <= 640 * 0.4 + 1);
  });

  test('names the model, lets it be changed, and begins a new conversation', async () => {
    await harness.post(showing([]));
    assert.equal(await part(harness, 'new-conversation').count(), 0);
    await harness.post(showing([makeTurn()]));
    await harness.page.getByRole('button', { name: 'Model: Acme: M1' }).click();
    await part(harness, 'new-conversation').click();
    const types = (await harness.posted()).map(({ type }) => type);
    assert.deepEqual(types.slice(-2), ['pickModel', 'newConversation']);
  });

  test('a new conversation is told of in the page, above its box, with the way back', async () => {
    const started = (canUndoNew: boolean) =>
      ({
        type: 'state',
        state: { conversation: { id: 'talk-2', turns: [] }, composer: makeComposer(), canUndoNew },
      }) as const;
    await harness.post(showing([makeTurn()]));
    await harness.post(started(true));
    assert.match((await part(harness, 'announcement').textContent()) ?? '', /^Started a new conversation\.$/);
    const [news, box] = [await part(harness, 'started-new').boundingBox(), await input().boundingBox()];
    assert.ok(news && box && news.y + news.height <= box.y, 'the box is not covered');
    await part(harness, 'undo-new').click();
    assert.deepEqual((await harness.posted()).at(-1), { type: 'undoNewConversation' });
    await harness.post({ type: 'turn', turn: makeTurn() });
    assert.equal(await part(harness, 'started-new').count(), 0, 'the next conversation has begun');
    await harness.post(started(false));
    assert.equal(await part(harness, 'started-new').count(), 0, 'there is nothing to bring back');
  });

  test('takes the focus when the host says so', async () => {
    await harness.post(showing([]), { type: 'focusComposer' });
    assert.equal(await input().evaluate(element => element === document.activeElement), true);
  });
});
