import assert from 'node:assert/strict';
import { Outbox } from '../../../src/app/ask/outbox';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import type { ToAnswerPage } from '../../../src/protocol/answerMessages';
import { FakeClock } from '../../support/openrouter/fakeClock';

const text = (value: string): AnswerEvent => ({ type: 'text', text: value });

suite('the outbox to the answer page', () => {
  /** Texts of each message, and what takes them in. */
  let sent: string[];
  let taken: (() => void)[];
  let clock: FakeClock;
  let outbox: Outbox;

  setup(() => {
    [sent, taken] = [[], []];
    clock = new FakeClock();
    outbox = new Outbox(
      message => {
        sent.push(textsOf(message));
        return new Promise(resolve => taken.push(resolve));
      },
      (delayMs, callback) => clock.after(delayMs, callback),
    );
  });
  teardown(() => outbox.dispose());

  const takeOne = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };

  test('sends what came at once together, without a wait', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('turn', [text(word)]);
    assert.deepEqual(sent, []);
    clock.advance(0);
    assert.deepEqual(sent, ['turn: abc']);
  });

  test('sends the next messages a few milliseconds apart, whether the page has taken the first or not', () => {
    outbox.add('turn', [text('a')]);
    clock.advance(0);
    for (const word of ['b', 'c']) outbox.add('turn', [text(word)]);
    clock.advance(7);
    assert.deepEqual(sent, ['turn: a']);
    clock.advance(1);
    assert.deepEqual(sent, ['turn: a', 'turn: bc']);
    clock.advance(8);
    outbox.add('turn', [text('d')]);
    clock.advance(0);
    assert.deepEqual(sent, ['turn: a', 'turn: bc', 'turn: d']);
  });

  test('waits for a page that takes nothing, and then sends all that came meanwhile', async () => {
    for (let count = 0; count < 40; count++) {
      outbox.add('turn', [text('x')]);
      clock.advance(8);
    }
    assert.equal(sent.length, 16);
    await takeOne();
    assert.deepEqual(sent.slice(16), [`turn: ${'x'.repeat(24)}`]);
  });

  test('keeps the events of two turns apart', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('one', [text(word)]);
    outbox.add('two', [text('d')]);
    assert.deepEqual(sent, ['one: abc']);
    clock.advance(8);
    assert.deepEqual(sent, ['one: abc', 'two: d']);
  });

  test('flushes without waiting, so that a later message cannot overtake', () => {
    for (const word of ['a', 'b', 'c']) outbox.add('turn', [text(word)]);
    outbox.flush();
    assert.deepEqual(sent, ['turn: abc']);
    clock.advance(100);
    assert.deepEqual(sent, ['turn: abc']);
  });

  test('sends nothing more once it is disposed of', () => {
    outbox.add('turn', [text('a')]);
    outbox.dispose();
    clock.advance(100);
    assert.deepEqual(sent, []);
  });
});

function textsOf(message: ToAnswerPage): string {
  assert.ok(message.type === 'events');
  return `${message.turnId}: ${message.events.map(event => ('text' in event ? event.text : '')).join('')}`;
}
