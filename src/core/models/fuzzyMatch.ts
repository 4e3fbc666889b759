/** How well a word matches a text: higher is better; undefined when it does not. */
export type Match = number | undefined;

const wordStart = 60;
const textStart = 80;
const within = 40;
const initials = 20;

type Starts = Readonly<Uint8Array>;

/** A text made ready to be searched at every key that is pressed. */
export interface SearchText {
  /** In lower case. */
  readonly text: string;
  /** 1 at each place where a word begins. */
  readonly starts: Starts;
}

export function toSearchText(text: string): SearchText {
  const lower = text.toLowerCase();
  const starts = new Uint8Array(lower.length);
  for (let at = 0; at < lower.length; at++) if (isWordStart(lower, at)) starts[at] = 1;
  return { text: lower, starts };
}

/** A word made ready to be searched for in many texts. */
export interface SearchWord {
  /** In lower case. */
  readonly word: string;
  /** Its letters and digits; undefined when they are too many, or too few, to be initials. */
  readonly initials?: { readonly count: number; readonly placesOf: ReadonlyMap<string, number> };
}

/** Longer ones are no initials; each is a bit of a number. */
const mostInitials = 16;

export function toSearchWord(word: string): SearchWord {
  const lower = word.toLowerCase();
  const chars = [...lower].filter(char => !isMark(char));
  if (chars.length < 2 || chars.length > mostInitials) return { word: lower };
  const placesOf = new Map<string, number>();
  for (const [place, char] of chars.entries()) placesOf.set(char, (placesOf.get(char) ?? 0) | (1 << place));
  return { word: lower, initials: { count: chars.length, placesOf } };
}

/**
 * A word in a text: as a part of it, best at its start or at the start of a word, else as the beginnings of its words
 * in their order (`cs45` in `claude sonnet 4.5`).
 */
export function fuzzyMatch(search: SearchWord, { text, starts }: SearchText): Match {
  const { word } = search;
  const at = bestPlace(word, text, starts);
  if (at === undefined) return matchesInitials(search, text, starts) ? initials : undefined;
  const place = at === 0 ? textStart : starts[at] ? wordStart : within;
  return place + closeness(word, text);
}

/** Of two texts with the same match the shorter one is meant. */
const closeness = (word: string, text: string): number => Math.round((10 * word.length) / text.length);

/** Where `word` stands, at the start of a word if it does so anywhere. */
function bestPlace(word: string, text: string, starts: Starts): number | undefined {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (starts[at]) return at;
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

/** Every piece of the word begins a word of `text`. Marks in it need not be there. */
function matchesInitials({ initials: asked }: SearchWord, text: string, starts: Starts): boolean {
  if (!asked) return false;
  const whole = 1 << asked.count;
  // Bit n: the first n characters can be matched before this place, or with the last of them right before it. All ways
  // are followed at once, so that no text takes long.
  let anywhere = 1;
  let here = 0;
  for (let at = 0; at < text.length; at++) {
    const places = asked.placesOf.get(text[at] ?? '') ?? 0;
    here = ((starts[at] ? here | anywhere : here) & places) << 1;
    anywhere |= here;
    if (anywhere & whole) return true;
  }
  return false;
}
