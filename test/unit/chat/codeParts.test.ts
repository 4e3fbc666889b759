import assert from 'node:assert/strict';
import {
  allLineNumbers,
  codeBlocks,
  linesText,
  placeText,
  type SelectedText,
  scopeText,
  toParts,
} from '../../../src/core/chat/codeParts';
import { makeCode } from '../../support/turns';

/** What an editor gives for selections of `text`, each from line and character to line and character. */
function select(text: string, ...ranges: readonly (readonly [number, number, number, number])[]) {
  const lines = text.split('\n');
  return ranges.map(([line, character, endLine, endCharacter]): SelectedText => {
    const cut = lines.slice(line, endLine + 1);
    cut.push((cut.pop() ?? '').slice(0, endCharacter));
    cut[0] = (cut[0] ?? '').slice(character);
    if (line === endLine) cut[0] = (lines[line] ?? '').slice(character, endCharacter);
    return {
      text: cut.join('\n'),
      range: { start: { line, character }, end: { line: endLine, character: endCharacter } },
    };
  });
}

const functions = 'export function one() {\n  return 1;\n}\n\nexport function two() {\n  return 2;\n}\n';
const column = 'abcdef 1\nabcdef 2\nabcdef 3\n';

const told = (selections: readonly SelectedText[]): readonly (readonly [string, string])[] =>
  toParts(selections).map(part => [part.text, allLineNumbers({ parts: [part] })]);

suite('the code that is meant', () => {
  const one: [number, number, number, number] = [0, 0, 2, 1];
  const two: [number, number, number, number] = [4, 0, 6, 1];
  const both = [
    ['export function one() {\n  return 1;\n}', '1–3'],
    ['export function two() {\n  return 2;\n}', '5–7'],
  ];

  test('two selections are both meant, from the top down whichever was made first', () => {
    assert.deepEqual(told(select(functions, one, two)), both);
    assert.deepEqual(told(select(functions, two, one)), both);
  });

  test('a cursor beside real selections stands for nothing, be it the first, between or the last', () => {
    assert.deepEqual(told(select(functions, [3, 0, 3, 0], two)), both.slice(1));
    assert.deepEqual(told(select(functions, one, [3, 0, 3, 0], two)), both);
    assert.deepEqual(told(select(functions, one, [7, 0, 7, 0])), both.slice(0, 1));
  });

  test('cursors alone, and selections of white space, mean nothing', () => {
    assert.deepEqual(told(select(functions, [0, 3, 0, 3], [4, 3, 4, 3])), []);
    assert.deepEqual(told(select(functions, [1, 0, 1, 2], [3, 0, 4, 0])), []);
  });

  test('each keeps the range it stood in', () => {
    const selections = select(functions, two, one);
    assert.deepEqual(
      toParts(selections).map(({ range }) => range),
      [selections[1]?.range, selections[0]?.range],
    );
  });

  test('a column is one block of all its lines', () => {
    const parts = toParts(select(column, [0, 0, 0, 6], [1, 0, 1, 6], [2, 0, 2, 6]));
    assert.equal(parts.length, 3);
    assert.deepEqual(codeBlocks({ parts }), [
      { text: 'abcdef\nabcdef\nabcdef', startLine: 1, endLine: 3, isColumn: true },
    ]);
  });

  test('a column drawn from the bottom up, and one over lines that are too short, is the same column', () => {
    const upwards = toParts(select(column, [2, 6, 2, 8], [1, 6, 1, 8], [0, 6, 0, 8]));
    assert.equal(codeBlocks({ parts: upwards })[0]?.text, ' 1\n 2\n 3');
    const gaps = toParts(select('abcd\n\nabcd\n', [0, 2, 0, 4], [1, 0, 1, 0], [2, 2, 2, 4]));
    assert.deepEqual(codeBlocks({ parts: gaps }), [
      { text: 'cd\n\ncd', startLine: 1, endLine: 3, isColumn: true },
    ]);
  });

  test('a column of tabs, one of wide characters and one of a single place are columns', () => {
    for (const [text, from, to, block] of [
      ['\ta\tb\n\tc\td\n', 0, 3, '\ta\t\n\tc\t'],
      ['日本\n語文\n', 1, 2, '本\n文'],
      ['ab\ncd\nef\n', 0, 1, 'a\nc'],
    ] as const) {
      const parts = toParts(select(text, [1, from, 1, to], [0, from, 0, to]));
      assert.deepEqual(codeBlocks({ parts }), [{ text: block, startLine: 1, endLine: 2, isColumn: true }]);
    }
  });

  test('words on lines apart stay apart; several on one line, too', () => {
    const apart = toParts(select('ab ab\nx\nab\n', [0, 0, 0, 2], [0, 3, 0, 5], [2, 0, 2, 2]));
    assert.deepEqual(
      codeBlocks({ parts: apart }).map(({ text, startLine, isColumn }) => [text, startLine, isColumn]),
      [
        ['ab', 1, false],
        ['ab', 1, false],
        ['ab', 3, false],
      ],
    );
  });

  test('a selection that ends at the start of a line does not count that line', () => {
    assert.deepEqual(told(select(functions, [0, 0, 3, 0], [4, 0, 7, 0])), [
      ['export function one() {\n  return 1;\n}\n', '1–3'],
      ['export function two() {\n  return 2;\n}\n', '5–7'],
    ]);
  });
});

suite('code in words', () => {
  const code = (...ranges: readonly (readonly [number, number, number, number])[]) =>
    makeCode({ parts: toParts(select(functions, ...ranges)) });

  test('lines and scope of one, of several, of a column', () => {
    const texts = [
      code([1, 0, 1, 9]),
      code([0, 0, 2, 1]),
      code([0, 0, 2, 1], [4, 0, 6, 1]),
      code([0, 0, 0, 6], [1, 0, 1, 6]),
    ].map(each => `${scopeText(each)}: ${linesText(each)}`);
    assert.deepEqual(texts, [
      'selection: line 2',
      'selection: lines 1–3',
      '2 selections: lines 1–3, 5–7',
      'column selection: lines 1–2',
    ]);
  });

  test('of many, the first lines and how many more there are', () => {
    const text = Array.from({ length: 20 }, () => 'x').join('\n');
    const ranges = [0, 2, 4, 6, 8, 10, 12].map(line => [line, 0, line, 1] as const);
    const many = makeCode({ parts: toParts(select(text, ...ranges)) });
    assert.equal(allLineNumbers(many), '1, 3, 5, 7 and 3 more');
  });

  test('symbol, file and cell', () => {
    assert.equal(scopeText(makeCode({ scope: 'symbol', symbolName: 'a\nb' })), 'symbol a⟨U+000A⟩b');
    assert.equal(scopeText(makeCode({ scope: 'file' })), 'whole file');
    assert.equal(scopeText(makeCode({ scope: 'file', cell: 2 })), 'whole cell');
    assert.equal(placeText({ path: 'n.ipynb', cell: 2 }), 'n.ipynb, cell 2');
  });
});
