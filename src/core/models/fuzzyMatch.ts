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

/** Every piece of `word` begins a word of `text`. Marks in `word` need not be there. */
function matchesInitials(word: string, text: string): boolean {
  const chars = [...word].filter(char => !isMark(char)).join('');
  if (chars.length < 2) return false;
  // How many characters are matched when the last one stands right before `at`: all ways at once, so that no text
  // takes long.
  let reached = new Set<number>();
  const anywhere = new Set<number>([0]);
  for (let at = 0; at < text.length; at++) {
    const next = new Set<number>();
    const from = isWordStart(text, at) ? [...anywhere, ...reached] : [...reached];
    for (const count of from) if (chars[count] === text[at]) next.add(count + 1);
    for (const count of next) anywhere.add(count);
    if (anywhere.has(chars.length)) return true;
    reached = next;
  }
  return false;
}
