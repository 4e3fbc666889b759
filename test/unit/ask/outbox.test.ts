import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { ToAnswerPage } from '../../../src/protocol/answerMessages';
import { Outbox } from '../../../src/ui/ask/outbox';

const text = (value: string): AnswerEvent => ({ type: 'text', text: value });

suite('the outbox to the answer page', () => {
  /** Texts of each message, and what takes them in. */
  let sent: string[];
  let taken: (() => void)[];
  let outbox: Outbox;

  setup(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    [sent, taken] = [[], []];
    outbox = new Outbox(message => {
      sent.push(textsOf(message));
      return new Promise(resolve => taken.push(resolve));
    });
  });
  teardown(() => {
    outbox.dispose();
    mock.timers.reset();
  });

  test('sends the first events at once, and what follows together a frame later', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('turn', [text(word)]);
    assert.deepEqual(sent, ['turn: a']);
    mock.timers.tick(16);
    assert.deepEqual(sent, ['turn: a', 'turn: bc']);
  });

  test('waits for a page that is behind, and loses nothing', async () => {
    for (const word of ['a', 'b', 'c', 'd']) {
      outbox.add('turn', [text(word)]);
      mock.timers.tick(100);
    }
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
    taken.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
    mock.timers.tick(100);
    assert.deepEqual(sent, ['turn: a', 'turn: b', 'turn: cd']);
  });

  test('keeps the events of two turns apart', () => {
    outbox.add('one', [text('a')]);
    outbox.add('one', [text('b')]);
    outbox.add('two', [text('c')]);
    mock.timers.tick(100);
    assert.deepEqual(sent, ['one: a', 'one: b']);
    outbox.flush();
    assert.deepEqual(sent, ['one: a', 'one: b', 'two: c']);
  });

  test('flushes without waiting, so that a later message cannot overtake', () => {
    outbox.add('turn', [text('a')]);
    outbox.add('turn', [text('b')]);
    outbox.flush();
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
  });
});

function textsOf(message: ToAnswerPage): string {
  assert.ok(message.type === 'events');
  return `${message.turnId}: ${message.events.map(event => ('text' in event ? event.text : '')).join('')}`;
}
