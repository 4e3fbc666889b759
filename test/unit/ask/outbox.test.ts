import assert from 'node:assert/strict';
import { Outbox } from '../../../src/app/ask/outbox';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { ToAnswerPage } from '../../../src/protocol/answerMessages';

const text = (value: string): AnswerEvent => ({ type: 'text', text: value });

suite('the outbox to the answer page', () => {
  /** Texts of each message, and what takes them in. */
  let sent: string[];
  let taken: (() => void)[];
  let outbox: Outbox;

  setup(() => {
    [sent, taken] = [[], []];
    outbox = new Outbox(message => {
      sent.push(textsOf(message));
      return new Promise(resolve => taken.push(resolve));
    });
  });
  teardown(() => outbox.dispose());

  const takeOne = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };

  test('sends at once while the line is free, then together when the page has taken something', async () => {
    for (const word of ['a', 'b', 'c', 'd']) outbox.add('turn', [text(word)]);
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
    await takeOne();
    assert.deepEqual(sent, ['turn: a', 'turn: b', 'turn: cd']);
    await takeOne();
    outbox.add('turn', [text('e')]);
    assert.equal(sent.at(-1), 'turn: e');
  });

  test('keeps the events of two turns apart', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('one', [text(word)]);
    outbox.add('two', [text('d')]);
    assert.deepEqual(sent, ['one: a', 'one: b', 'one: c']);
    outbox.flush();
    assert.deepEqual(sent, ['one: a', 'one: b', 'one: c', 'two: d']);
  });

  test('flushes without waiting, so that a later message cannot overtake', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('turn', [text(word)]);
    outbox.flush();
    assert.deepEqual(sent, ['turn: a', 'turn: b', 'turn: c']);
  });
});

function textsOf(message: ToAnswerPage): string {
  assert.ok(message.type === 'events');
  return `${message.turnId}: ${message.events.map(event => ('text' in event ? event.text : '')).join('')}`;
}
