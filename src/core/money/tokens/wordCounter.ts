import { context, contexts, isConsonant, kind, kinds, smallLetters } from './characters';
import { add, at, caseCount, contextCount, lengthCount, oddBytesAt } from './features';
import { bucketOf, buckets } from './hashedTable';

/** Letters and digits in a row from which on they are no word any more. */
const denseLength = 28;
/** Consonants in a row from which on they are no word any more. */
const manyConsonants = 4;
/** Letters of which one number tells the consonants. */
const bits = 32;

const letterCase = { small: 0, capitalised: 1, capitals: 2 } as const;

/** Counts the words of a text: letters and digits with nothing between them. */
export class WordCounter {
  /** Pieces by what is before them, case and length. */
  private readonly pieces = new Int32Array(contextCount * caseCount * lengthCount);

  /** `table`: what the hashed table says of words. */
  constructor(
    private readonly counts: Float64Array,
    private readonly table: ArrayLike<number>,
  ) {}

  /** Counts the word that starts at `start`, and returns where it ends. */
  count(units: Uint16Array, start: number): number {
    let parts = 0;
    let index = start;
    let before = contexts[units[start - 1] ?? 0] ?? context.other;
    let of = kinds[units[start] ?? 0] ?? kind.control;
    do {
      if (of === kind.digit) {
        index = this.digits(units, index);
        before = context.other;
      } else if (of === kind.upper && kinds[units[index + 1] ?? 0] === kind.upper) {
        index = this.capitals(units, index, before);
        before = context.piece;
      } else {
        index = this.piece(
          units,
          index,
          before,
          of === kind.upper ? letterCase.capitalised : letterCase.small,
        );
        before = context.piece;
      }
      parts++;
      of = kinds[units[index] ?? 0] ?? kind.control;
    } while (of <= kind.digit);
    const length = index - start;
    // Words in a row are longer than five letters on average.
    if (length >= denseLength && length < 5 * parts) add(this.counts, at.dense, length);
    return index;
  }

  /** A piece of a word: `get`, `Element`; one capital belongs to the small letters after it. */
  private piece(units: Uint16Array, start: number, before: number, ofCase: number): number {
    let unit = units[start] ?? 0;
    let hash = unit;
    // One bit for each letter: a branch that nobody can foretell takes more time than all else here.
    let consonants = isConsonant[unit] ?? 0;
    let index = start + 1;
    unit = units[index] ?? 0;
    let letter = smallLetters[unit] ?? 0;
    while (letter !== 0) {
      hash = (Math.imul(hash, 31) + unit) | 0;
      consonants = (consonants << 1) | (letter >> 1);
      index++;
      unit = units[index] ?? 0;
      letter = smallLetters[unit] ?? 0;
    }
    const length = index - start;
    const rows = consonants & (consonants >>> 1) & (consonants >>> 2) & (consonants >>> 3);
    if (rows !== 0 || length > bits) this.addConsonants(units, start, index);
    this.addPiece(length, before, ofCase, hash);
    return index;
  }

  /** Several capitals: `HTML`. The last of them begins the next piece where small letters follow: `HTMLElement`. */
  private capitals(units: Uint16Array, start: number, before: number): number {
    let index = start + 2;
    while (kinds[units[index] ?? 0] === kind.upper) index++;
    if (kinds[units[index] ?? 0] === kind.lower) index--;
    const length = index - start;
    let hash = 0;
    for (let letter = start; letter < index; letter++) {
      hash = (Math.imul(hash, 31) + (units[letter] ?? 0)) | 0;
    }
    if (length >= manyConsonants) this.addConsonants(units, start, index);
    this.addPiece(length, before, length === 1 ? letterCase.capitalised : letterCase.capitals, hash);
    return index;
  }

  private addPiece(length: number, before: number, ofCase: number, hash: number): void {
    const cell = (before * caseCount + ofCase) * lengthCount + Math.min(length, lengthCount) - 1;
    this.pieces[cell] = (this.pieces[cell] ?? 0) + 1;
    add(this.counts, at.hashed, this.table[bucketOf(hash, buckets.words)] ?? 0);
    if (length > lengthCount) add(this.counts, at.longPiece, length - lengthCount);
  }

  private addConsonants(units: Uint16Array, start: number, end: number): void {
    let inRow = 0;
    for (let index = start; index < end; index++) {
      inRow = (inRow + 1) * (isConsonant[units[index] ?? 0] ?? 0);
      if (inRow >= manyConsonants) add(this.counts, at.consonants, inRow === manyConsonants ? inRow : 1);
    }
  }

  private digits(units: Uint16Array, start: number): number {
    const { counts } = this;
    let index = start + 1;
    while (kinds[units[index] ?? 0] === kind.digit) index++;
    const length = index - start;
    add(counts, at.digitRun + Math.min(length, 7) - 1, 1);
    add(counts, at.digits, length);
    add(counts, at.digitTriples, Math.ceil(length / 3));
    if (units[start - 1] === 0x20) add(counts, at.spaceBeforeDigits, 1);
    return index;
  }

  /** Adds what is known only at the end of the text: the sums of {@link pieces} that have weights. */
  finish(): void {
    const { counts } = this;
    let cell = 0;
    for (let before = 0; before < contextCount; before++) {
      for (let ofCase = 0; ofCase < caseCount; ofCase++) {
        for (let length = 1; length <= lengthCount; length++) {
          const count = this.pieces[cell++] ?? 0;
          if (count === 0) continue;
          add(counts, at.pieceContext + ofCase * contextCount + before, count);
          add(counts, at.pieceLength + ofCase * lengthCount + length - 1, count);
          add(counts, at.contextLength + lengthClass(length) * contextCount + before, count);
          add(counts, oddBytesAt, count * oddBytes(before, ofCase, length));
        }
      }
    }
    add(counts, oddBytesAt, (counts[at.consonants] ?? 0) + (counts[at.dense] ?? 0));
  }
}

const lengthClass = (length: number): number => Math.min(3, Math.floor((length - 1) / 3));

/** Letters and digits mixed at random, and long runs of capitals. */
function oddBytes(before: number, ofCase: number, length: number): number {
  if (length < 3) return before >= context.piece ? 1 : 0;
  return ofCase === letterCase.capitals && length > 5 ? 2 : 0;
}
