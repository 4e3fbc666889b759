import assert from 'node:assert/strict';
import { findHiddenCharacters } from '../../../src/core/base/hiddenCharacters';

const names = (text: string): string[] => findHiddenCharacters(text).map(({ name }) => name);

suite('hidden characters', () => {
  test('finds characters that are not seen or turn the text around them', () => {
    assert.deepEqual(names('a\u202eb\u2066c\u2069\u200bd'), ['U+202E', 'U+2066', 'U+2069', 'U+200B']);
    assert.deepEqual(names('\ufeffa\u00ad\u200e\u061c\u3164\u2060'), [
      ...['U+FEFF', 'U+00AD', 'U+200E', 'U+061C', 'U+3164', 'U+2060'],
    ]);
  });

  test('finds tags and selectors, in which text can be hidden, and says where', () => {
    assert.deepEqual(findHiddenCharacters('x\u{e0041}y\u{e0101}'), [
      { index: 1, length: 2, name: 'U+E0041' },
      { index: 4, length: 2, name: 'U+E0101' },
    ]);
  });

  test('finds controls and foreign line ends, but no tab and no line break', () => {
    assert.deepEqual(names('a\tb\r\nc\u001b[0m\u0000\u2028\u0085'), ['U+001B', 'U+0000', 'U+2028', 'U+0085']);
  });

  test('finds none in letters, emoji and scripts that need a joiner', () => {
    for (const text of ['let é = "日本語";', '❤️ 👩‍💻 👍🏽 1️⃣', 'می‌خواهم', 'क्‍ष', 'שלום', ' a　b'])
      assert.deepEqual(names(text), [], text);
  });

  test('finds a joiner where it joins nothing', () => {
    assert.deepEqual(names('ad\u200dmin us\u200cer v\ufe0f'), ['U+200D', 'U+200C', 'U+FE0F']);
  });
});
