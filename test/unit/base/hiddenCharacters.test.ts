import assert from 'node:assert/strict';
import {
  describeHidden,
  findHidden,
  removeHidden,
  showHidden,
  showOnOneLine,
} from '../../../src/core/base/hiddenCharacters';

const kinds = (text: string): readonly string[] => findHidden(text).map(({ kind }) => kind);
/** Letters of the block "Tags", which nobody sees. */
const asTags = (text: string): string =>
  [...text].map(char => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('');

suite('hidden characters', () => {
  for (const [what, text, expected] of [
    ['right-to-left override', 'if (a\u202E) {', ['direction']],
    ['isolates', '\u2066a\u2069', ['direction', 'direction']],
    ['zero-width space in a name', 'admin\u200B', ['invisible']],
    ['zero-width joiner between Latin letters', 'ad\u200Dmin', ['invisible']],
    ['byte order mark within', 'a\uFEFFb', ['invisible']],
    ['soft hyphen', 'a\u00ADb', ['invisible']],
    ['Hangul filler, a name that is not seen', 'const \u3164 = 1', ['invisible']],
    ['tags', `ok${asTags('hi')}`, ['tag', 'tag']],
    ['variation selectors that carry bytes', 'a\u{E0101}\u{E0102}', ['invisible', 'invisible']],
    [
      'a flag with a message behind it',
      `\u{1F3F4}${asTags('gbengx')}`,
      ['tag', 'tag', 'tag', 'tag', 'tag', 'tag'],
    ],
    ['escape and null', '\x1b[31m\0', ['control', 'control']],
    ['line separators', 'a\u2028b\u2029c\u0085', ['control', 'control', 'control']],
  ] as const) {
    test(`are found: ${what}`, () => {
      assert.deepEqual(kinds(text), expected);
      assert.deepEqual(findHidden(removeHidden(text)), []);
      assert.deepEqual(findHidden(showHidden(text)), []);
    });
  }

  for (const [what, text] of [
    ['a family', '👩‍👩‍👧‍👦 👨🏽‍💻 ❤️ ☺︎ 1️⃣ 🏳️‍🌈'],
    ['flags', `🇩🇪 \u{1F3F4}${asTags('gbsct')}\u{E007F}`],
    ['Persian with its joiner', 'می\u200Cخواهم'],
    ['Hindi with its joiner', 'क्\u200Dष'],
    ['Hebrew, Arabic, Chinese', 'שלום مرحبا 葛\u{E0100}'],
    ['code of several lines with tabs', 'if (a) {\r\n\tb();\n}\n'],
  ] as const) {
    test(`are not what a script needs: ${what}`, () => {
      assert.deepEqual(kinds(text), []);
      assert.equal(removeHidden(text), text);
      assert.equal(showHidden(text), text);
    });
  }

  test('are told with their place, kind, number and code', () => {
    const text = `a\u202Eb\u{E0041}c\u202E\u200B`;
    assert.deepEqual(
      findHidden(text).map(({ index }) => index),
      [1, 3, 6, 7],
    );
    assert.equal(
      describeHidden(findHidden(text)),
      '2 direction characters (U+202E), 1 tag character (U+E0041) and 1 invisible character (U+200B)',
    );
    assert.equal(describeHidden(findHidden('\u200B')), '1 invisible character (U+200B)');
    assert.equal(describeHidden([]), '');
  });

  test('are written out, on one line if so wished', () => {
    assert.equal(showHidden('a\n\u202Eb'), 'a\n⟨U+202E⟩b');
    assert.equal(showOnOneLine('a\r\n\t\u202Eb'), 'a⟨U+000D⟩⟨U+000A⟩⟨U+0009⟩⟨U+202E⟩b');
  });

  test('100 KB of anything take time in proportion', () => {
    for (const piece of ['x', '\u200B', '\u{1F3F4}', '\u{E0067}', '👩\u200D', 'क्\u200D', '❤\uFE0F']) {
      const text = piece.repeat(100_000 / piece.length);
      const before = performance.now();
      findHidden(text);
      assert.ok(performance.now() - before < 2000, `${JSON.stringify(piece)} took too long`);
    }
  });
});
