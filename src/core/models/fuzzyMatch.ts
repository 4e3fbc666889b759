/** How well a word matches a text: higher is better; undefined when it does not. */
export type Match = number | undefined;

const wordStart = 60;
const textStart = 80;
const within = 40;
const initials = 20;

/**
 * `word` in `text`, both in lower case: as a part of it, best at its start or at the start of a word, else as the
 * beginnings of its words in their order (`cs45` in `claude sonnet 4.5`).
 */
export function fuzzyMatch(word: string, text: string): Match {
  const at = bestPlace(word, text);
  if (at === 0) return textStart + closeness(word, text);
  if (at !== undefined && isWordStart(text, at)) return wordStart + closeness(word, text);
  if (at !== undefined) return within + closeness(word, text);
  return matchesInitials(word, text) ? initials : undefined;
}

/** Of two texts with the same match the shorter one is meant. */
const closeness = (word: string, text: string): number => Math.round((10 * word.length) / text.length);

/** Where `word` stands, at the start of a word if it does so anywhere. */
function bestPlace(word: string, text: string): number | undefined {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (isWordStart(text, at)) return at;
  return first < 0 ? undefined : first;
}

const isLetter = (char: string | undefined): boolean => char !== undefined && char >= 'a' && char <= 'z';
const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isMark = (char: string | undefined): boolean =>
  !isLetter(char) && !isDigit(char) && (char ?? '') < '\x80';

/** Words begin after a mark, and where letters and digits meet. */
function isWordStart(text: string, at: number): boolean {
  const [before, here] = [text[at - 1], text[at]];
  if (isMark(here)) return false;
  return isMark(before) || (isLetter(before) && isDigit(here)) || (isDigit(before) && isLetter(here));
}

/** Longer ones are no initials. */
const mostInitials = 16;

/** Every piece of `word` begins a word of `text`. Marks in `word` need not be there. */
function matchesInitials(word: string, text: string): boolean {
  const chars = [...word].filter(char => !isMark(char)).join('');
  if (chars.length < 2 || chars.length > mostInitials || !hasInOrder(chars, text)) return false;
  // Whether so many characters can be matched before `at`, and with the last one right before it: all ways at once.
  const anywhere = Array<boolean>(chars.length + 1).fill(false);
  let here = [...anywhere];
  anywhere[0] = true;
  for (let at = 0; at < text.length; at++) {
    const isStart = isWordStart(text, at);
    const next = Array<boolean>(chars.length + 1).fill(false);
    for (let count = 0; count < chars.length; count++) {
      const goesOn = here[count] || (isStart && anywhere[count]);
      if (goesOn && chars[count] === text[at]) next[count + 1] = true;
    }
    for (const [count, isReached] of next.entries()) if (isReached) anywhere[count] = true;
    if (anywhere[chars.length]) return true;
    here = next;
  }
  return false;
}

/** Most texts fail at this, which takes no time. */
function hasInOrder(chars: string, text: string): boolean {
  let at = 0;
  for (const char of chars) {
    at = text.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
