import { context, contexts, isConsonant, kind, kinds, signIndex, smallLetters } from './characters';
import {
  at,
  bytesAt,
  caseCount,
  contextCount,
  featureCount,
  indentCount,
  lengthCount,
  oddBytesAt,
  perScript,
} from './features';
import { bucketOf, buckets, type HashTable } from './hashedTable';
import { isOdd, script, scriptOf } from './scripts';

/** Letters and digits in a row from which on they are no word any more. */
const denseLength = 28;

/** UTF-16 code units of a text that are read at a time: memory stays small for the largest. */
const blockLength = 4096;
/** One for all texts, which are counted one after the other. */
const block = new Uint16Array(blockLength + 1);
const bytes = new Uint8Array(blockLength);
const encoder = new TextEncoder();

/** Counts of one text, found in one pass from its start to its end. */
export class FeatureCounter {
  readonly counts = new Float64Array(featureCount);
  /** Pieces by what is before them, case and length. */
  private readonly pieces = new Uint32Array(contextCount * caseCount * lengthCount);
  private denseStart = 0;
  private denseEnd = -1;
  private densePieces = 0;

  /** The block at hand, with a zero behind its end: an array is read many times as fast as a string. */
  private readonly units = block;
  private end = 0;

  constructor(
    private readonly text: string,
    private readonly table: HashTable,
  ) {}

  count(): Float64Array {
    for (let start = 0; start < this.text.length; start += this.end) {
      this.load(start);
      let index = this.indentation(0);
      while (index < this.end) index = this.run(index);
      this.endDense();
    }
    this.addPieces();
    this.add(bytesAt, this.text.length);
    this.add(oddBytesAt, (this.counts[at.consonants] ?? 0) + (this.counts[at.dense] ?? 0));
    return this.counts;
  }

  /** Reads the block that starts at `start`; it ends with a line, unless that is too long. */
  private load(start: number): void {
    const { text, units } = this;
    let end = Math.min(text.length - start, blockLength);
    // Half the time of reading one by one, where all is ASCII.
    const { read, written } = encoder.encodeInto(text.slice(start, start + end), bytes);
    if (read === end && written === end) units.set(bytes.subarray(0, end));
    else for (let index = 0; index < end; index++) units[index] = text.charCodeAt(start + index);
    if (start + end < text.length) {
      let line = end;
      while (line > blockLength / 2 && units[line - 1] !== 0x0a) line--;
      if (line > blockLength / 2) end = line;
    }
    units[end] = 0;
    this.end = end;
  }

  private add(index: number, count: number): void {
    this.counts[index] = (this.counts[index] ?? 0) + count;
  }

  /** Counts the run that starts at `index`, and returns where it ends. */
  private run(index: number): number {
    const { units } = this;
    const unit = units[index] ?? 0;
    if (unit >= 128) return this.foreign(index, scriptOf(unit));
    // The most frequent of all: a word's tokens have the blank before it.
    if (unit === 0x20 && (kinds[units[index + 1] ?? 0] ?? kind.control) <= kind.upper)
      return this.piece(index + 1);
    switch (kinds[unit]) {
      case kind.lower:
      case kind.upper:
        return this.piece(index);
      case kind.digit:
        return this.digits(index);
      case kind.space:
      case kind.tab:
        return this.blanks(index);
      case kind.lineEnd:
        return this.lineEnds(index);
      case kind.sign:
        return this.signs(index);
      default:
        this.add(at.controls, 1);
        return index + 1;
    }
  }

  /** A piece of a word: `get`, `Element`; one capital belongs to the small letters after it. */
  private piece(start: number): number {
    const { units } = this;
    const first = units[start] ?? 0;
    const isCapital = first < 0x61;
    if (isCapital && kinds[units[start + 1] ?? 0] === kind.upper) return this.capitals(start);
    let hash = first;
    let consonants = isConsonant[first] ?? 0;
    let index = start + 1;
    let letter = smallLetters[units[index] ?? 0] ?? 0;
    // Branches that nobody can foretell take more time than all else here, so there is one: the end of the loop.
    while (letter !== 0) {
      hash = (Math.imul(hash, 31) + (units[index] ?? 0)) | 0;
      consonants = (consonants + 1) * (letter - 1);
      if (consonants >= 4) this.add(at.consonants, consonants === 4 ? 4 : 1);
      index++;
      letter = smallLetters[units[index] ?? 0] ?? 0;
    }
    this.addPiece(start, index, isCapital ? 1 : 0, hash);
    return index;
  }

  /** Several capitals: `HTML`. The last of them begins the next piece where small letters follow: `HTMLElement`. */
  private capitals(start: number): number {
    const { units } = this;
    let index = start + 2;
    while (kinds[units[index] ?? 0] === kind.upper) index++;
    if (kinds[units[index] ?? 0] === kind.lower) index--;
    let hash = 0;
    let consonants = 0;
    for (let letter = start; letter < index; letter++) {
      const unit = units[letter] ?? 0;
      hash = (Math.imul(hash, 31) + unit) | 0;
      consonants = (consonants + 1) * (isConsonant[unit] ?? 0);
      if (consonants >= 4) this.add(at.consonants, consonants === 4 ? 4 : 1);
    }
    this.addPiece(start, index, index - start === 1 ? 1 : 2, hash);
    return index;
  }

  private addPiece(start: number, end: number, letterCase: number, hash: number): void {
    const length = end - start;
    const before = this.contextAt(start);
    const cell = (before * caseCount + letterCase) * lengthCount + Math.min(length, lengthCount) - 1;
    this.pieces[cell] = (this.pieces[cell] ?? 0) + 1;
    // Letters and digits mixed at random, and long runs of capitals.
    const isRandom = length < 3 ? before >= context.piece : letterCase === 2 && length > 5;
    if (isRandom) this.add(oddBytesAt, length < 3 ? 1 : 2);
    if (length > lengthCount) this.add(at.longPiece, length - lengthCount);
    this.add(at.hashed, this.table.words[bucketOf(hash, buckets.words)] ?? 0);
    this.dense(start, end);
  }

  /** The sums of {@link pieces} that have weights. */
  private addPieces(): void {
    let cell = 0;
    for (let before = 0; before < contextCount; before++) {
      for (let letterCase = 0; letterCase < caseCount; letterCase++) {
        for (let length = 0; length < lengthCount; length++) {
          const count = this.pieces[cell++] ?? 0;
          this.add(at.pieceContext + letterCase * contextCount + before, count);
          this.add(at.pieceLength + letterCase * lengthCount + length, count);
          this.add(at.contextLength + Math.min(3, Math.floor(length / 3)) * contextCount + before, count);
        }
      }
    }
  }

  private contextAt(start: number): number {
    const { units } = this;
    if (start === 0) return context.nothing;
    const before = units[start - 1] ?? 0;
    return before < 128 ? (contexts[before] ?? context.sign) : context.other;
  }

  private digits(start: number): number {
    const { units } = this;
    let index = start + 1;
    while (kinds[units[index] ?? 0] === kind.digit) index++;
    const length = index - start;
    this.add(at.digitRun + Math.min(length, 7) - 1, 1);
    this.add(at.digits, length);
    this.add(at.digitTriples, Math.ceil(length / 3));
    if (start > 0 && (units[start - 1] ?? 0) === 0x20) this.add(at.spaceBeforeDigits, 1);
    this.dense(start, index);
    return index;
  }

  /** Letters and digits without a blank between them go on, or begin. */
  private dense(start: number, end: number): void {
    if (start !== this.denseEnd) {
      this.endDense();
      this.denseStart = start;
      this.densePieces = 0;
    }
    this.denseEnd = end;
    this.densePieces += 1;
  }

  private endDense(): void {
    const length = this.denseEnd - this.denseStart;
    // Words in a row are longer than five letters on average.
    if (length >= denseLength && length < 5 * this.densePieces) this.add(at.dense, length);
    this.denseEnd = -1;
  }

  /** Blanks inside a line or at its end. */
  private blanks(start: number): number {
    const { units, end } = this;
    let index = start;
    let tabs = 0;
    for (; index < end; index++) {
      const of = kinds[units[index] ?? 0];
      if (of === kind.tab) tabs++;
      else if (of !== kind.space) break;
    }
    const length = index - start;
    if (tabs > 0) this.add(oddBytesAt, length);
    const next = index < end ? (units[index] ?? 0) : 0x0a;
    const nextKind = next < 128 ? kinds[next] : kind.control;
    if (nextKind === kind.lineEnd) this.add(at.trailingBlanks, 1);
    else if (tabs > 0) this.add(at.innerTabs, tabs);
    else if (length > 1) {
      this.add(at.gap + (length > 8 ? 4 : Math.min(length, 5) - 2), 1);
      this.add(at.gapBlanks, length);
    } else if (nextKind === kind.sign) this.add(at.spaceBeforeSigns, 1);
    else if (next >= 128) this.add(at.spaceBeforeScript, 1);
    return index;
  }

  /** Line ends in a row, blanks between them left out, and the indentation after them. */
  private lineEnds(start: number): number {
    const { units, end } = this;
    const before = start > 0 ? (units[start - 1] ?? 0) : 0x20;
    const beforeKind = before < 128 ? kinds[before] : kind.control;
    const after = beforeKind === kind.sign ? 1 : beforeKind !== undefined && beforeKind <= kind.digit ? 0 : 2;
    const withReturns = (units[start] ?? 0) === 0x0d ? 3 : 0;
    this.add(at.lineEnd + withReturns + after, 1);
    let ends = 0;
    let index = start;
    for (; index < end; index++) {
      const unit = units[index] ?? 0;
      if (unit === 0x0a) ends++;
      else if (unit === 0x0d) this.add(at.carriageReturns, 1);
      else break;
    }
    if (ends === 2) this.add(at.lineEnds + withReturns, 1);
    if (ends > 2) this.add(at.lineEnds + withReturns + 1, 1);
    if (ends > 3) this.add(at.lineEnds + withReturns + 2, ends - 3);
    return this.indentation(index);
  }

  private indentation(start: number): number {
    const { units } = this;
    let index = start;
    while ((units[index] ?? 0) === 0x09) index++;
    const tabs = index - start;
    if (tabs > 0) this.add(at.tabs + Math.min(tabs, 5) - 1, 1);
    if (tabs > 5) this.add(at.manyTabs, tabs - 5);
    const first = index;
    while ((units[index] ?? 0) === 0x20) index++;
    const spaces = index - first;
    if (spaces > 0) this.add(at.indent + indentClass(spaces), 1);
    if (spaces > 24) this.add(at.longIndent, spaces - 24);
    // Lines of nothing but blanks.
    if (index > start && kinds[units[index] ?? 0] === kind.lineEnd) this.add(oddBytesAt, 2);
    return index;
  }

  private signs(start: number): number {
    const { units, end, table } = this;
    const first = units[start] ?? 0;
    let index = start;
    let hash = 0;
    let isSame = true;
    for (; index < end; index++) {
      const unit = units[index] ?? 0;
      if (unit >= 128 || kinds[unit] !== kind.sign) break;
      if (unit !== first) isSame = false;
      hash = (Math.imul(hash, 31) + unit) | 0;
      this.add(at.sign + signIndex(unit), 1);
    }
    const length = index - start;
    if (isSame && length >= 4) {
      this.add(at.sameSign, 1);
      this.add(at.sameSigns, length - 4);
      this.add(at.sign + signIndex(first), -length);
      return index;
    }
    const isAfterSpace = start > 0 && (units[start - 1] ?? 0) === 0x20;
    this.add((isAfterSpace ? at.signsAfterSpace : at.signs) + Math.min(length, 6) - 1, 1);
    if (length > 6) this.add(at.longSigns, length - 6);
    if (length > 2) this.add(oddBytesAt, length - 2);
    this.add(at.hashed + 1, table.signs[bucketOf(hash, buckets.signs)] ?? 0);
    return index;
  }

  /** Characters of one script that is not ASCII. */
  private foreign(start: number, of: number): number {
    const { units, end, table } = this;
    const hashed = at.hashed + (of === script.han ? 2 : 3);
    let index = start;
    let threeBytes = 0;
    for (; index < end; index++) {
      const unit = units[index] ?? 0;
      if (unit < 128 || scriptOf(unit) !== of) break;
      if (unit >= 0x800) threeBytes++;
      this.add(hashed, table.characters[bucketOf(unit, buckets.characters)] ?? 0);
    }
    const length = index - start;
    // A surrogate pair is counted as six bytes instead of four; a lone surrogate is sent as three.
    const size = 2 * length + threeBytes;
    this.add(bytesAt, size - length);
    this.add(oddBytesAt, isOdd[of] === 1 ? size : length);
    const base = at.script + of * perScript;
    this.add(base, 1);
    this.add(base + 1, length);
    if (length > 3) this.add(base + 2, length - 3);
    if (length > 6) this.add(base + 3, length - 6);
    if (length > 10) this.add(base + 4, length - 10);
    return index;
  }
}

function indentClass(spaces: number): number {
  if (spaces <= 12) return spaces - 1;
  return Math.min(12 + Math.floor((spaces - 13) / 4), indentCount - 1);
}
