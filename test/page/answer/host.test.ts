import assert from 'node:assert/strict';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { part } from '../../support/pageHarness/answerPage';
import { LiveAnswerPage } from '../../support/pageHarness/liveAnswerPage';
import { makeAnswer, makeTurn } from '../../support/turns';

suite('answer page: with its host', () => {
  let live: LiveAnswerPage;

  setup(() => {
    live = new LiveAnswerPage();
  });
  teardown(async () => {
    const troubles = [...live.harness.troubles, ...live.hostTroubles];
    await live.close();
    assert.deepEqual(troubles, []);
  });

  const composer = () => part(live.harness, 'composer');
  const untilStatus = (status: string) =>
    live.harness.page.locator(`[data-part="status"][data-value="${status}"]`).last().waitFor();
  const focused = () => live.harness.page.evaluate(() => document.activeElement?.localName);

  async function ask(question: string): Promise<void> {
    await composer().fill(question);
    await composer().press('Enter');
  }

  /** Some text, and no end before the request is stopped. */
  async function* endless(signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    yield { type: 'text', text: 'Half' };
    if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
    yield { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };
  }

  test('a question is asked, its answer shown, and a follow-up goes along with both', async () => {
    await live.open();
    await ask('What is a heap?');
    await untilStatus('completed');
    assert.equal((await part(live.harness, 'answer').textContent())?.trim(), 'Answer 1');
    await ask('And a stack?');
    await part(live.harness, 'answer').nth(1).getByText('Answer 2').waitFor();
    assert.deepEqual(live.world.wire(1), ['What is a heap?', 'Answer 1', 'And a stack?']);
  });

  test('a question being typed gets its estimate, and is there again in the next page', async () => {
    await live.open();
    await composer().pressSequentially('Half a');
    await part(live.harness, 'estimate').getByText('about 6').waitFor();
    await live.harness.panel.hide();
    await live.harness.panel.show();
    await live.harness.untilTold(message => message.type === 'state' && message.state.composer.draft !== '');
    assert.equal(await composer().inputValue(), 'Half a');
  });

  test('Stop ends the request and keeps the text', async () => {
    live.world.answer = (_, signal) => endless(signal);
    await live.open();
    await ask('Why?');
    await part(live.harness, 'answer').getByText('Half').waitFor();
    await part(live.harness, 'stop').click();
    await untilStatus('cancelled');
    assert.equal((await part(live.harness, 'answer').textContent())?.trim(), 'Half');
  });

  test('an answer that goes on while the panel is hidden is whole when it is shown again', async () => {
    let goOn = (): void => {};
    const hidden = new Promise<void>(resolve => {
      goOn = resolve;
    });
    live.world.answer = async function* (): AsyncGenerator<AnswerEvent> {
      yield { type: 'text', text: 'First ' };
      await hidden;
      yield { type: 'text', text: 'second' };
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
    };
    await live.open();
    await ask('Why?');
    await part(live.harness, 'answer').getByText('First').waitFor();
    await live.harness.panel.hide();
    goOn();
    await live.harness.panel.show();
    await untilStatus('completed');
    assert.equal((await part(live.harness, 'answer').textContent())?.trim(), 'First second');
  });

  test('buttons do what they say', async () => {
    await live.open();
    await ask('Why?');
    await untilStatus('completed');
    for (const name of ['copy', 'insert', 'new-file']) await part(live.harness, name).click();
    await part(live.harness, 'pick-model').click();
    await part(live.harness, 'new-conversation').click();
    await part(live.harness, 'undo-new').click();
    await part(live.harness, 'turn').waitFor();
    assert.deepEqual(live.user.shown, [], 'a notification would cover the question box');
    assert.deepEqual(live.user.copied, ['Answer 1']);
    assert.deepEqual(live.done, ['insert Answer 1', 'open Answer 1', 'choose a model']);
  });

  test('a failure is shown with its buttons, and they work', async () => {
    live.world.failure = 'outOfCredits';
    await live.open();
    await ask('Why?');
    await untilStatus('failed');
    await part(live.harness, 'error-action').first().click();
    await live.harness.waitForPosted('errorAction');
    await live.harness.settle();
    assert.deepEqual(live.done, ['run openCredits']);
  });

  test('a panel that VS Code restores leaves the focus where it is', async () => {
    await live.open();
    assert.equal(await focused(), 'body');
  });

  test('the question box gets the focus as soon as the page is there, when that was wanted', async () => {
    await live.open(() => live.panel.focusComposer());
    await live.harness.untilTold(({ type }) => type === 'focusComposer');
    assert.equal(await focused(), 'textarea');
  });

  test('the focus is not taken from code that the user has gone to meanwhile', async () => {
    await live.open(panel => {
      live.panel.focusComposer();
      panel.active = false;
    });
    await live.harness.settle();
    assert.equal(await focused(), 'body');
  });
});

suite('answer page: a long conversation kept by the last session', () => {
  const live = new LiveAnswerPage();
  teardown(async () => {
    const troubles = [...live.harness.troubles, ...live.hostTroubles];
    await live.close();
    assert.deepEqual(troubles, []);
  });

  test('is shown from its end, and every turn of it comes', async () => {
    const turns = Array.from({ length: 500 }, (_, index) =>
      makeTurn({
        id: `turn-${index}`,
        title: `Question ${index}`,
        answer: makeAnswer({ status: 'completed', text: `Answer ${index}`, finishReason: 'stop' }),
      }),
    );
    live.world.kept = { conversation: { id: 'kept', turns }, draft: '' };
    await live.open();
    const last = part(live.harness, 'answer').last();
    await last.getByText('Answer 499').waitFor();
    await live.harness.page.waitForFunction(
      count => document.querySelectorAll('[data-part=turn]').length === count,
      turns.length,
    );
    assert.equal(await last.isVisible(), true);
    assert.match((await part(live.harness, 'turn').first().textContent()) ?? '', /Question 0/);
  });
});
