/** What a UTF-16 code unit is. */
export const kind = {
  lower: 0,
  upper: 1,
  digit: 2,
  space: 3,
  tab: 4,
  lineEnd: 5,
  sign: 6,
  control: 7,
  foreign: 8,
} as const;
/** One entry for every code unit, so that no loop has to ask first whether it is ASCII. */
export const kinds = new Uint8Array(0x10000).fill(kind.foreign);
kinds.fill(kind.control, 0, 0x80);
kinds.fill(kind.sign, 0x21, 0x7f);
kinds.fill(kind.digit, 0x30, 0x3a);
kinds.fill(kind.upper, 0x41, 0x5b);
kinds.fill(kind.lower, 0x61, 0x7b);
kinds[0x20] = kind.space;
kinds[0x09] = kind.tab;
kinds[0x0a] = kind.lineEnd;
kinds[0x0d] = kind.lineEnd;

export const isConsonant = new Uint8Array(128);
for (const letter of 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ') isConsonant[letter.charCodeAt(0)] = 1;

/** 1 for a small vowel, 2 for a small consonant, 0 for every other code unit. */
export const smallLetters = new Uint8Array(0x10000);
for (let unit = 0x61; unit <= 0x7a; unit++) smallLetters[unit] = 1 + (isConsonant[unit] ?? 0);

/** What is before a piece of a word. */
export const context = {
  nothing: 0,
  space: 1,
  dot: 2,
  underscore: 3,
  bracket: 4,
  quote: 5,
  dash: 6,
  slash: 7,
  sign: 8,
  piece: 9,
  other: 10,
} as const;

export const contexts = new Uint8Array(0x10000).fill(context.other);
contexts.fill(context.sign, 0, 0x80);
const contextOf = (signs: string, of: number) => {
  for (const sign of signs) contexts[sign.charCodeAt(0)] = of;
};
contextOf('\n\r\t', context.nothing);
contextOf(' ', context.space);
contextOf('.', context.dot);
contextOf('_', context.underscore);
contextOf('([{<', context.bracket);
contextOf('"\'`', context.quote);
contextOf('-', context.dash);
contextOf('/', context.slash);
contextOf('0123456789', context.other);
contextOf('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', context.piece);

/** ASCII signs in four blocks, as 0 … 31. */
export function signIndex(unit: number): number {
  if (unit < 0x30) return unit - 0x21;
  if (unit < 0x41) return unit - 0x3a + 15;
  return unit < 0x61 ? unit - 0x5b + 22 : unit - 0x7b + 28;
}
