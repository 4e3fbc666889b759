import assert from 'node:assert/strict';
import { type Batching, Outbox } from '../../src/app/outbox';
import { FakeClock } from '../support/openrouter/fakeClock';

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
  let clock: FakeClock;
  let outbox: Outbox<Message>;

  setup(() => {
    [sent, taken] = [[], []];
    clock = new FakeClock();
    outbox = new Outbox(
      message => {
        sent.push('turn' in message ? `${message.turn}: ${message.words.join('')}` : message.type);
        return new Promise<void>(resolve => taken.push(resolve));
      },
      batching,
      (delayMs, callback) => clock.after(delayMs, callback),
    );
  });
  teardown(() => outbox.dispose());

  const post = (turn: string, ...words: readonly string[]): void => {
    for (const word of words) outbox.post({ turn, words: [word] });
  };

  const takeOne = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };

  test('sends what came at once together, without a wait', () => {
    post('turn', 'a', 'b', 'c');
    assert.deepEqual(sent, []);
    clock.advance(0);
    assert.deepEqual(sent, ['turn: abc']);
  });

  test('sends the next messages a few milliseconds apart, whether the page has taken the first or not', () => {
    post('turn', 'a');
    clock.advance(0);
    post('turn', 'b', 'c');
    clock.advance(7);
    assert.deepEqual(sent, ['turn: a']);
    clock.advance(1);
    assert.deepEqual(sent, ['turn: a', 'turn: bc']);
  });

  test('waits for nothing when the page has taken all and the pause is over', async () => {
    post('turn', 'a');
    clock.advance(0);
    await takeOne();
    clock.advance(8);
    post('turn', 'b');
    clock.advance(0);
    assert.deepEqual(sent, ['turn: a', 'turn: b']);
  });

  test('sends fewer and longer messages to a page that is behind, until it has caught up', async () => {
    const sentAfterMs: number[] = [];
    for (let ms = 0; ms <= 112; ms++) {
      const before = sent.length;
      post('turn', 'x');
      clock.advance(ms === 0 ? 0 : 1);
      if (sent.length > before) sentAfterMs.push(ms);
    }
    assert.deepEqual(sentAfterMs, [0, 8, 24, 48, 80, 112]);
    while (taken.length > 0) await takeOne();
    post('turn', 'y');
    clock.advance(32);
    post('turn', 'z');
    clock.advance(8);
    assert.deepEqual(
      sent.slice(-2).map(text => text.at(-1)),
      ['y', 'z'],
    );
  });

  test('waits for a page that takes nothing, and then sends all that came meanwhile', async () => {
    for (let count = 0; count < 40; count++) {
      post('turn', 'x');
      clock.advance(32);
    }
    assert.equal(sent.length, 16);
    await takeOne();
    assert.deepEqual(sent.slice(16), [`turn: ${'x'.repeat(24)}`]);
  });

  test('keeps messages with different keys apart, and batches them when they take turns', () => {
    for (const word of ['a', 'b', 'c']) {
      post('one', word);
      post('two', word.toUpperCase());
    }
    assert.deepEqual(sent, []);
    clock.advance(0);
    assert.deepEqual(sent, ['one: abc', 'two: ABC']);
    post('two', 'D');
    post('one', 'd');
    clock.advance(7);
    assert.equal(sent.length, 2);
    clock.advance(1);
    assert.deepEqual(sent.slice(2), ['two: D', 'one: d']);
  });

  test('sends a message that cannot be batched at once, after what waits', () => {
    post('turn', 'a', 'b', 'c');
    outbox.post({ type: 'other' });
    assert.deepEqual(sent, ['turn: abc', 'other']);
    clock.advance(100);
    assert.deepEqual(sent, ['turn: abc', 'other']);
  });

  test('delivers a message after what waits, and says when the page has it', async () => {
    post('turn', 'a');
    let isDelivered = false;
    const delivering = outbox.deliver({ type: 'other' }).then(() => {
      isDelivered = true;
    });
    assert.deepEqual(sent, ['turn: a', 'other']);
    await takeOne();
    assert.equal(isDelivered, false);
    await takeOne();
    await delivering;
  });

  test('sends everything as it comes where nothing is batched', () => {
    const plain = new Outbox<number>(async number => sent.push(String(number)));
    for (const number of [1, 2, 3, 4]) plain.post(number);
    assert.deepEqual(sent, ['1', '2', '3', '4']);
  });

  test('drops what waits when the page goes away', () => {
    post('turn', 'a', 'b', 'c');
    outbox.dispose();
    clock.advance(100);
    assert.deepEqual(sent, []);
  });
});
