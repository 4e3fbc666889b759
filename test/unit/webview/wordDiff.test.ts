import assert from 'node:assert/strict';
import { wordDiff } from '../../../src/webview/answer/compare/wordDiff';

const words = (count: number, seed: number): string => {
  let state = seed;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return `w${state % 300}`;
  };
  return Array.from({ length: count }, next).join(' ');
};

/** What is left of the parts without those of `kind`. */
const without = async (before: string, after: string, kind: 'added' | 'removed'): Promise<string> =>
  (await wordDiff(before, after))
    .filter(part => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

suite('the diff of two answers', () => {
  test('goes word by word', async () => {
    assert.deepEqual(await wordDiff('It is a red\nfox.\n', 'It is a brown\nfox.\n'), [
      { kind: 'same', text: 'It is a ' },
      { kind: 'removed', text: 'red' },
      { kind: 'added', text: 'brown' },
      { kind: 'same', text: '\n' },
      { kind: 'same', text: 'fox.\n' },
    ]);
  });

  test('loses nothing of either, however much they differ', async () => {
    const long = Array.from({ length: 40 }, (_, index) => words(60, index + 1)).join('\n\n');
    const other = Array.from({ length: 40 }, (_, index) =>
      words(60, index % 3 === 0 ? index + 1 : index + 99),
    ).join('\n\n');
    for (const [before, after] of [
      ['', ''],
      ['', 'new'],
      ['old', ''],
      ['a  b', 'a b '],
      ['same\r\n', 'same\n'],
      [long, other],
      [words(3000, 5), words(3000, 7)],
    ] as const) {
      assert.equal(await without(before, after, 'added'), before);
      assert.equal(await without(before, after, 'removed'), after);
    }
  });
});
