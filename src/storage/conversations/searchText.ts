/** Where one word ends although no space stands there. Shown as nothing, so that a place that was found reads well. */
const wordBreak = '\u200b';

/** Scripts that write words without spaces between them, and symbols such as emoji: each character is a word. */
const loneCharacter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{So}]\p{M}*/gu;

const wordCharacter = /[\p{L}\p{N}\p{Co}\p{So}]/u;

/** A text as it is indexed. */
export function toIndexedText(text: string): string {
  return text.replaceAll('\0', ' ').replace(loneCharacter, `${wordBreak}$&${wordBreak}`);
}

/**
 * A query for each word that was typed: it must be there, or begin a word; marks between words do not count, and nothing
 * in it is an operator.
 */
export function toMatchQueries(typed: string): readonly string[] {
  return toWords(typed)
    .slice(0, mostWords)
    .map(word => `"${word.replaceAll('"', ' ')}"*`);
}

/** More words find nothing else. */
const mostWords = 50;

const shownBefore = 40;
const shownAfter = 120;

/**
 * What stands around the first word of `typed` that is found in an indexed text, on one line; undefined when there is
 * none. FTS5's own `snippet` weighs all places against each other, which takes seconds for a letter that is everywhere.
 */
export function findPlace(indexed: string, typed: string): string | undefined {
  const folded = fold(indexed);
  const at = toWords(typed)
    .map(word => indexOfWord(folded, fold(word)))
    .find(index => index >= 0);
  if (at === undefined) return undefined;
  const from = at <= shownBefore ? 0 : at - shownBefore;
  // The first word may be half of one.
  const before = indexed.slice(from, at).replace(from > 0 ? /^\S*\s/ : '', '');
  const after = indexed.slice(at, at + shownAfter);
  const isCut = at + shownAfter < indexed.length;
  return `${from > 0 ? '…' : ''}${onOneLine(before + after)}${isCut ? '…' : ''}`;
}

function toWords(typed: string): readonly string[] {
  return toIndexedText(typed.slice(0, 1000))
    .split(/\s+/)
    .filter(word => wordCharacter.test(word));
}

/** Where `word`, else its part before the first mark, begins a word; -1 when nowhere. */
function indexOfWord(text: string, word: string): number {
  const [part = word] = /[\p{L}\p{N}\p{Co}\p{So}\p{M}]+/u.exec(word) ?? [];
  for (const each of [word.replace(/^\u200b+|\u200b+$/g, ''), part]) {
    for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + 1)) {
      if (at === 0 || !wordCharacter.test(text.charAt(at - 1))) return at;
    }
  }
  return -1;
}

/** As FTS5 compares: without case and marks. Composed again, so that nearly every place stays where it was. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase();

const onOneLine = (text: string): string => text.replaceAll(wordBreak, '').replace(/\s+/g, ' ').trim();
