import assert from 'node:assert/strict';
import { type Batching, Outbox } from '../../src/app/outbox';

type Message = { readonly type: 'other' } | { readonly turn: string; readonly words: readonly string[] };

const wordsOf = (message: Message): readonly string[] => ('turn' in message ? message.words : []);

const batching: Batching<Message> = {
  keyOf: message => ('turn' in message ? message.turn : undefined),
  join: (first, others) =>
    'turn' in first ? { ...first, words: [first, ...others].flatMap(wordsOf) } : first,
};

suite('the outbox to a page', () => {
  /** What was sent, and what takes it in. */
  let sent: string[];
  let taken: (() => void)[];
  let outbox: Outbox<Message>;

  setup(() => {
    [sent, taken] = [[], []];
    outbox = new Outbox(message => {
      sent.push('turn' in message ? `${message.turn}: ${message.words.join('')}` : message.type);
      return new Promise<void>(resolve => taken.push(resolve));
    }, batching);
  });
  teardown(() => outbox.dispose());

  const post = (turn: string, ...words: readonly string[]): void => {
    for (const word of words) outbox.post({ turn, words: [word] });
  };

  const takeOne = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };

  test('sends at once while the line is free, then together when the page has taken something', async () => {
    post('turn', 'a', 'b', 'c', 'd');
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
    await takeOne();
    assert.deepEqual(sent, ['turn: a', 'turn: b', 'turn: cd']);
    await takeOne();
    post('turn', 'e');
    assert.equal(sent.at(-1), 'turn: e');
  });

  test('keeps messages with different keys apart', () => {
    post('one', 'a', 'b', 'c');
    post('two', 'd');
    assert.deepEqual(sent, ['one: a', 'one: b', 'one: c']);
    outbox.post({ type: 'other' });
    assert.deepEqual(sent, ['one: a', 'one: b', 'one: c', 'two: d', 'other']);
  });

  test('sends a message that cannot be batched at once, after what waits', async () => {
    post('turn', 'a', 'b', 'c');
    outbox.post({ type: 'other' });
    assert.deepEqual(sent, ['turn: a', 'turn: b', 'turn: c', 'other']);
  });

  test('sends everything as it comes where nothing is batched', () => {
    const plain = new Outbox<number>(async number => sent.push(String(number)));
    for (const number of [1, 2, 3, 4]) plain.post(number);
    assert.deepEqual(sent, ['1', '2', '3', '4']);
  });

  test('drops what waits when the page goes away', async () => {
    post('turn', 'a', 'b', 'c');
    outbox.dispose();
    await takeOne();
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
  });
});
