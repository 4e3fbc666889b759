/** Numbers of the scripts that tokenizers treat differently. */
export const script = {
  latin: 0,
  greek: 1,
  cyrillic: 2,
  hebrew: 3,
  arabic: 4,
  devanagari: 5,
  indic: 6,
  thai: 7,
  georgianArmenian: 8,
  hangul: 9,
  kana: 10,
  han: 11,
  cjkSigns: 12,
  generalSigns: 13,
  technicalSigns: 14,
  boxes: 15,
  marks: 16,
  otherLetters: 17,
  emoji: 18,
  odd: 19,
} as const;

/** First code unit that no longer belongs to the script before it, in rising order. */
const ranges: readonly (readonly [end: number, of: number])[] = [
  [0xa0, script.odd],
  [0xc0, script.generalSigns],
  [0x250, script.latin],
  [0x300, script.otherLetters],
  [0x370, script.marks],
  [0x400, script.greek],
  [0x530, script.cyrillic],
  [0x590, script.georgianArmenian],
  [0x600, script.hebrew],
  [0x780, script.arabic],
  [0x900, script.otherLetters],
  [0x980, script.devanagari],
  [0xe00, script.indic],
  [0xe80, script.thai],
  [0x10a0, script.otherLetters],
  [0x1100, script.georgianArmenian],
  [0x1200, script.hangul],
  [0x1e00, script.otherLetters],
  [0x1f00, script.latin],
  [0x2000, script.greek],
  [0x2070, script.generalSigns],
  [0x2500, script.technicalSigns],
  [0x25a0, script.boxes],
  [0x2e80, script.technicalSigns],
  [0x3000, script.han],
  [0x3040, script.cjkSigns],
  [0x3100, script.kana],
  [0x3130, script.otherLetters],
  [0x3190, script.hangul],
  [0x3400, script.cjkSigns],
  [0xa000, script.han],
  [0xac00, script.otherLetters],
  [0xd7b0, script.hangul],
  [0xd800, script.otherLetters],
  [0xe000, script.emoji],
  [0xf900, script.odd],
  [0xfb00, script.han],
  [0xfe00, script.arabic],
  [0xfe30, script.marks],
  [0xfe70, script.cjkSigns],
  [0xff00, script.arabic],
  [0xfff0, script.cjkSigns],
  [0x10000, script.odd],
];

/** The script of each block of 16 code units. */
const scriptOfBlock = new Uint8Array(0x1000);
let from = 8;
for (const [end, of] of ranges) {
  scriptOfBlock.fill(of, from, Math.ceil(end / 16));
  from = Math.ceil(end / 16);
}

/** The script of a UTF-16 code unit from 0x80 on. Both halves of a surrogate pair are `emoji`, the most frequent. */
export function scriptOf(unit: number): number {
  return scriptOfBlock[unit >> 4] ?? script.odd;
}

/**
 * Scripts of which the texts that the table was fitted to hold too little to foretell anything. A rare Han
 * character can be a token for each of its bytes, and no table of this size knows which are rare.
 */
export const isOdd = new Uint8Array(Object.keys(script).length);
for (const of of [script.indic, script.georgianArmenian, script.technicalSigns, script.marks]) isOdd[of] = 1;
for (const of of [script.han, script.otherLetters, script.emoji, script.odd]) isOdd[of] = 1;
