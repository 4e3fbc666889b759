/** Where each count of a text is kept in its `Float64Array`; README.md says what they are for. */
export const contextCount = 11;
export const caseCount = 3;
/** Letters of a piece of a word: 1, 2 … 13, and 14 for all longer ones. */
export const lengthCount = 14;
export const scriptCount = 20;
export const perScript = 5;
export const indentCount = 16;

let size = 0;
/** The next free `count` places. */
function place(count: number): number {
  size += count;
  return size - count;
}

export const at = {
  /** Pieces by what is before them and by case. */
  pieceContext: place(contextCount * caseCount),
  /** Pieces by case and length. */
  pieceLength: place(caseCount * lengthCount),
  /** Pieces by what is before them and by length: 1–3, 4–6, 7–9, more. */
  contextLength: place(contextCount * 4),
  /** Letters of pieces beyond the longest class. */
  longPiece: place(1),
  /** Consonants in runs of four and more: no words. */
  consonants: place(1),
  /** Characters of letters and digits mixed without a blank for long: keys, hashes, base64. */
  dense: place(1),
  /** What the hashed table says of the words met, of the runs of signs, of Han and of other characters. */
  hashed: place(4),
  /** Runs of digits by length: 1 … 7 and more. */
  digitRun: place(7),
  digits: place(1),
  digitTriples: place(1),
  spaceBeforeDigits: place(1),
  /** Single blanks inside a line before signs and before other scripts. */
  spaceBeforeSigns: place(1),
  spaceBeforeScript: place(1),
  /** Several blanks inside a line: runs by length 2, 3, 4, 5–8, more; all their blanks. */
  gap: place(5),
  gapBlanks: place(1),
  innerTabs: place(1),
  trailingBlanks: place(1),
  /** Line ends after letters or digits, after signs, after anything else; the same with carriage returns. */
  lineEnd: place(6),
  /** Two line ends in a row, three and more; line ends beyond the third; the same with carriage returns. */
  lineEnds: place(6),
  carriageReturns: place(1),
  /** Indentation by spaces: 1 … 12, 13–16, 17–20, 21–24, more; spaces beyond 24. */
  indent: place(indentCount),
  longIndent: place(1),
  /** Indentation by tabs: 1 … 5 and more, tabs beyond the fifth. */
  tabs: place(5),
  manyTabs: place(1),
  /** Runs of signs by length 1 … 6 and more, without and with a blank before. */
  signs: place(6),
  signsAfterSpace: place(6),
  longSigns: place(1),
  /** One sign four times and more: runs, and signs beyond the fourth. */
  sameSign: place(1),
  sameSigns: place(1),
  /** Each ASCII sign, by its code. */
  sign: place(32),
  /** Control characters. */
  controls: place(1),
  /** For each script: runs, characters, characters beyond the 3rd, 6th and 10th of a run. */
  script: place(scriptCount * perScript),
} as const;

/** Places that have a weight. */
export const weightCount = size;

/** Counts that only the bound needs: bytes of UTF-8, and those of them that no table can foretell. */
export const bytesAt = place(1);
export const oddBytesAt = place(1);

export const featureCount = size;

/** What the bound adds to every text: in a short one, one odd word is a large share. */
export const slackTokens = 8;

/** Adds to one of the counts of a text. */
export function add(counts: Float64Array, index: number, count: number): void {
  counts[index] = (counts[index] ?? 0) + count;
}
