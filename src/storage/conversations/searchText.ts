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

/** A piece of an indexed text as people read it, on one line. */
export function fromIndexedText(text: string): string {
  return text.replaceAll(wordBreak, '').replace(/\s+/g, ' ').trim();
}

/**
 * The query for what was typed: every word must be there, or begin a word; marks between words do not count, and
 * nothing in it is an operator. Undefined when it has no words.
 */
export function toMatchQuery(typed: string): string | undefined {
  const words = toIndexedText(typed.slice(0, 1000))
    .split(/\s+/)
    .filter(word => wordCharacter.test(word));
  if (words.length === 0) return undefined;
  return words.map(word => `"${word.replaceAll('"', ' ')}"*`).join(' ');
}
