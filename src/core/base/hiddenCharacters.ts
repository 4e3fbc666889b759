/** A character that is not seen, or that changes the direction of the text around it. */
export interface HiddenCharacter {
  /** Where it is, and how many code units it takes. */
  readonly index: number;
  readonly length: number;
  /** E.g. `U+202E`. */
  readonly name: string;
}

/**
 * Controls but tab and line breaks, direction marks, zero-width and other characters without a shape, tags, and
 * the selectors in which data can be hidden.
 */
const hidden =
  /(?![\t\n\r])(?:[\p{Cc}\p{Cf}\u115f\u1160\u2028\u2029\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}])/gu;

/** What joins or chooses the look of an emoji, and what joins the letters of scripts that need it. */
const joining = /\u200c|\u200d|\ufe0e|\ufe0f/;
const isEmoji = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u20e3|[#*0-9])$/u;
const isJoinedScript =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Sinhala}]$/u;

/** Finds them; a joiner in its proper place, as in emoji or Persian words, is none. */
export function findHiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  for (const match of text.matchAll(hidden)) {
    const [character] = match;
    if (
      joining.test(character) &&
      isInPlace(character, text.slice(Math.max(0, match.index - 4), match.index))
    )
      continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    found.push({ index: match.index, length: character.length, name: `U+${code}` });
  }
  return found;
}

const isInPlace = (character: string, before: string): boolean =>
  isEmoji.test(before)
    ? character !== '\u200c'
    : /\u200c|\u200d/.test(character) && isJoinedScript.test(before);
