import { formatCount } from './formatCount';

/**
 * Characters that stand in a text without being seen, or change how the text around them is seen. They can make
 * code read otherwise than it runs, or carry words that only a machine reads: https://trojansource.codes
 */
export type HiddenKind =
  /** Turns the direction of what follows: code is shown in another order than it runs. */
  | 'direction'
  /** Letters of the Unicode block "Tags": whole sentences that nobody sees. */
  | 'tag'
  /** Takes no room: a name that looks like another one. */
  | 'invisible'
  /** A control character, or a line end that editors and compilers disagree about. */
  | 'control';

/** One hidden character. */
export interface HiddenCharacter {
  readonly kind: HiddenKind;
  /** Where it begins, in UTF-16 units. */
  readonly index: number;
  /** The character itself; one or two UTF-16 units. */
  readonly text: string;
}

/** Whatever takes no room. Line feed, carriage return and tab are seen. */
const hidden =
  '[\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\u2028\\u2029\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]';

/** England, Scotland and Wales: the only flags that are written with tags. */
const tagFlag =
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}';

const pattern = new RegExp(`${tagFlag}|${hidden}`, 'gu');

/** Scripts whose letters are written with joiners between them. */
const joiningScripts =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Myanmar}\p{Script=Khmer}]/u;

/** Hidden characters of `text`, in order. Takes time in proportion to its length. */
export function findHidden(text: string): readonly HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [character] = match;
    if (!isNeeded(character, match.index, text))
      found.push({ kind: kindOf(character), index: match.index, text: character });
  }
  return found;
}

/** `text` without its hidden characters. */
export function removeHidden(text: string): string {
  return replaceHidden(text, () => '');
}

/** `text` with each hidden character written out, as in `a⟨U+202E⟩b`. */
export function showHidden(text: string): string {
  return replaceHidden(text, writtenOut);
}

/** `text` on one line, with every hidden character and every line break written out. */
export function showOnOneLine(text: string): string {
  return showHidden(text).replace(/[\t\n\r]/g, writtenOut);
}

/** What is in a text and how often, such as "2 direction characters (U+202E, U+2066) and 1 invisible character (U+200B)". */
export function describeHidden(found: readonly HiddenCharacter[]): string {
  const parts = (Object.keys(kindNames) as HiddenKind[]).flatMap(kind => {
    const some = found.filter(each => each.kind === kind);
    return some.length === 0 ? [] : [describeKind(kind, some)];
  });
  return [parts.slice(0, -1).join(', '), ...parts.slice(-1)].filter(Boolean).join(' and ');
}

const kindNames: Readonly<Record<HiddenKind, string>> = {
  direction: 'direction',
  tag: 'tag',
  invisible: 'invisible',
  control: 'control',
};

/** More of them tell no more. */
const mostCodes = 4;

function describeKind(kind: HiddenKind, found: readonly HiddenCharacter[]): string {
  const codes = [...new Set(found.map(({ text }) => codeOf(text)))];
  const named = codes.length > mostCodes ? [...codes.slice(0, mostCodes), '…'] : codes;
  const noun = found.length === 1 ? 'character' : 'characters';
  return `${formatCount(found.length)} ${kindNames[kind]} ${noun} (${named.join(', ')})`;
}

function replaceHidden(text: string, replace: (character: string) => string): string {
  return text.replace(pattern, (match: string, index: number) =>
    isNeeded(match, index, text) ? match : replace(match),
  );
}

/** Joiners and variants: the hidden characters that some script or emoji is written with. */
const sometimesNeeded =
  /[\u180B-\u180D\u180F]|[\u200C-\u200D]|[\uFE00-\uFE02]|\uFE0E|\uFE0F|[\u{E0100}-\u{E01EF}]/u;

/** True for what a script or an emoji is written with, as in joined emoji or between letters of Persian. */
function isNeeded(match: string, index: number, text: string): boolean {
  // A whole flag.
  if (match.length > 2) return true;
  if (!sometimesNeeded.test(match)) return false;
  const before = characterBefore(text, index);
  const after = String.fromCodePoint(text.codePointAt(index + match.length) ?? 0);
  switch (match) {
    case '\u200C':
      return joiningScripts.test(before);
    case '\u200D':
      return joiningScripts.test(before) || (isEmojiEnd(before) && /\p{Extended_Pictographic}/u.test(after));
    case '\uFE0E':
    case '\uFE0F':
      return (before !== '\uFE0F' && isEmojiEnd(before)) || (/[0-9#*]/.test(before) && after === '\u20E3');
    default:
      return match < '\u1810' ? /\p{Script=Mongolian}/u.test(before) : /\p{Script=Han}/u.test(before);
  }
}

const isEmojiEnd = (character: string): boolean =>
  character === '\uFE0F' || /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u.test(character);

function characterBefore(text: string, index: number): string {
  const last = text.charAt(index - 1);
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(Math.max(0, index - 2), index) : last;
}

function kindOf(character: string): HiddenKind {
  if (/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(character)) return 'direction';
  if (/[\u{E0000}-\u{E007F}]/u.test(character)) return 'tag';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  return /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/.test(character) ? 'control' : 'invisible';
}

const writtenOut = (character: string): string => `⟨${codeOf(character)}⟩`;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
