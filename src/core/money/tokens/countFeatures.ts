import {
  at,
  bytesAt,
  contextCount,
  featureCount,
  indentCount,
  lengthCount,
  oddBytesAt,
  perScript,
} from './features';
import { isOdd, script, scriptOf } from './scripts';

/** What an ASCII character is. */
const kind = { lower: 0, upper: 1, digit: 2, space: 3, tab: 4, lineEnd: 5, sign: 6, control: 7 } as const;
const kinds = new Uint8Array(128).fill(kind.control);
kinds.fill(kind.sign, 0x21, 0x7f);
kinds.fill(kind.digit, 0x30, 0x3a);
kinds.fill(kind.upper, 0x41, 0x5b);
kinds.fill(kind.lower, 0x61, 0x7b);
kinds[0x20] = kind.space;
kinds[0x09] = kind.tab;
kinds[0x0a] = kind.lineEnd;
kinds[0x0d] = kind.lineEnd;

const isVowel = new Uint8Array(128);
for (const vowel of 'aeiouyAEIOUY') isVowel[vowel.charCodeAt(0)] = 1;

/** What is before a piece of a word. */
const context = {
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

const contexts = new Uint8Array(128).fill(context.sign);
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

/** Letters and digits in a row from which on they are no word any more. */
const denseLength = 28;

/** Receives the bucket of each thing met: in use it adds up what the table says, when fitting it learns. */
export interface HashTable {
  readonly words: ArrayLike<number>;
  readonly signs: ArrayLike<number>;
  readonly characters: ArrayLike<number>;
}

/** How many entries each part of the table has. */
export const buckets = { words: 4096, signs: 1024, characters: 1024 } as const;

/** Counts of one text, found in one pass from its start to its end. */
export class FeatureCounter {
  readonly counts = new Float64Array(featureCount);
  private denseStart = 0;
  private denseEnd = -1;
  private densePieces = 0;

  constructor(
    private readonly text: string,
    private readonly table: HashTable,
  ) {}

  count(): Float64Array {
    const { text } = this;
    let index = this.indentation(0);
    while (index < text.length) index = this.run(index);
    this.endDense();
    this.add(bytesAt, text.length);
    this.add(oddBytesAt, (this.counts[at.consonants] ?? 0) + (this.counts[at.dense] ?? 0));
    return this.counts;
  }

  private add(index: number, count: number): void {
    this.counts[index] = (this.counts[index] ?? 0) + count;
  }

  /** Counts the run that starts at `index`, and returns where it ends. */
  private run(index: number): number {
    const unit = this.text.charCodeAt(index);
    if (unit >= 128) return this.foreign(index, scriptOf(unit));
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

  /** A piece of a word: `get`, `Element`, `HTML`; one capital belongs to the small letters after it. */
  private piece(start: number): number {
    const { text, table } = this;
    let index = start;
    let consonants = 0;
    let hash = 0;
    let capitals = 0;
    let small = 0;
    for (; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      const of = unit < 128 ? kinds[unit] : kind.control;
      if (of === kind.lower) {
        // The last of several capitals begins the next piece: `HTMLElement`.
        if (capitals > 1 && small === 0) {
          index--;
          break;
        }
        small++;
      } else if (of === kind.upper && small === 0) capitals++;
      else break;
      hash = (Math.imul(hash, 31) + unit) | 0;
      if (isVowel[unit] === 1) consonants = 0;
      else if (++consonants >= 4) this.add(at.consonants, consonants === 4 ? 4 : 1);
    }
    if (capitals > 1 && small === 0 && index < text.length) hash = hashOf(text.slice(start, index));
    const length = index - start;
    const letterCase = small === 0 ? (length === 1 ? 1 : 2) : capitals;
    const before = this.contextAt(start);
    this.add(at.pieceContext + letterCase * contextCount + before, 1);
    this.add(at.pieceLength + letterCase * lengthCount + Math.min(length, lengthCount) - 1, 1);
    this.add(at.contextLength + Math.min(3, Math.floor((length - 1) / 3)) * contextCount + before, 1);
    // Letters and digits mixed at random, and long runs of capitals.
    const isRandom = length < 3 ? before >= context.piece : letterCase === 2 && length > 5;
    if (isRandom) this.add(oddBytesAt, length < 3 ? 1 : 2);
    if (length > lengthCount) this.add(at.longPiece, length - lengthCount);
    this.add(at.hashed, table.words[bucketOf(hash, buckets.words)] ?? 0);
    this.dense(start, index);
    return index;
  }

  private contextAt(start: number): number {
    if (start === 0) return context.nothing;
    const before = this.text.charCodeAt(start - 1);
    return before < 128 ? (contexts[before] ?? context.sign) : context.other;
  }

  private digits(start: number): number {
    const { text } = this;
    let index = start + 1;
    while (kinds[text.charCodeAt(index)] === kind.digit) index++;
    const length = index - start;
    this.add(at.digitRun + Math.min(length, 7) - 1, 1);
    this.add(at.digits, length);
    this.add(at.digitTriples, Math.ceil(length / 3));
    if (start > 0 && text.charCodeAt(start - 1) === 0x20) this.add(at.spaceBeforeDigits, 1);
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
    const { text } = this;
    let index = start;
    let tabs = 0;
    for (; index < text.length; index++) {
      const of = kinds[text.charCodeAt(index)];
      if (of === kind.tab) tabs++;
      else if (of !== kind.space) break;
    }
    const length = index - start;
    if (tabs > 0) this.add(oddBytesAt, length);
    const next = index < text.length ? text.charCodeAt(index) : 0x0a;
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
    const { text } = this;
    const before = start > 0 ? text.charCodeAt(start - 1) : 0x20;
    const beforeKind = before < 128 ? kinds[before] : kind.control;
    const after = beforeKind === kind.sign ? 1 : beforeKind !== undefined && beforeKind <= kind.digit ? 0 : 2;
    const withReturns = text.charCodeAt(start) === 0x0d ? 3 : 0;
    this.add(at.lineEnd + withReturns + after, 1);
    let ends = 0;
    let index = start;
    for (; index < text.length; index++) {
      const unit = text.charCodeAt(index);
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
    const { text } = this;
    let index = start;
    while (text.charCodeAt(index) === 0x09) index++;
    const tabs = index - start;
    if (tabs > 0) this.add(at.tabs + Math.min(tabs, 5) - 1, 1);
    if (tabs > 5) this.add(at.manyTabs, tabs - 5);
    const first = index;
    while (text.charCodeAt(index) === 0x20) index++;
    const spaces = index - first;
    if (spaces > 0) this.add(at.indent + indentClass(spaces), 1);
    if (spaces > 24) this.add(at.longIndent, spaces - 24);
    // Lines of nothing but blanks.
    if (index > start && kinds[text.charCodeAt(index)] === kind.lineEnd) this.add(oddBytesAt, 2);
    return index;
  }

  private signs(start: number): number {
    const { text, table } = this;
    const first = text.charCodeAt(start);
    let index = start;
    let hash = 0;
    let isSame = true;
    for (; index < text.length; index++) {
      const unit = text.charCodeAt(index);
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
    const isAfterSpace = start > 0 && text.charCodeAt(start - 1) === 0x20;
    this.add((isAfterSpace ? at.signsAfterSpace : at.signs) + Math.min(length, 6) - 1, 1);
    if (length > 6) this.add(at.longSigns, length - 6);
    if (length > 2) this.add(oddBytesAt, length - 2);
    this.add(at.hashed + 1, table.signs[bucketOf(hash, buckets.signs)] ?? 0);
    return index;
  }

  /** Characters of one script that is not ASCII. */
  private foreign(start: number, of: number): number {
    const { text, table } = this;
    const first = text.charCodeAt(start);
    const hashed = at.hashed + (of === script.han ? 2 : 3);
    let index = start;
    for (; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 128 || scriptOf(unit) !== of) break;
      this.add(hashed, table.characters[bucketOf(unit, buckets.characters)] ?? 0);
    }
    const length = index - start;
    // A surrogate pair is four bytes, a lone surrogate is sent as three.
    const bytes = length * (first < 0x800 ? 2 : 3);
    this.add(bytesAt, bytes - length);
    this.add(oddBytesAt, isOdd[of] === 1 ? bytes : length);
    const base = at.script + of * perScript;
    this.add(base, 1);
    this.add(base + 1, length);
    if (length > 3) this.add(base + 2, length - 3);
    if (length > 6) this.add(base + 3, length - 6);
    if (length > 10) this.add(base + 4, length - 10);
    return index;
  }
}

/** The hash of a piece of a word or of a run of signs. */
export function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** ASCII signs in four blocks, as 0 … 31. */
function signIndex(unit: number): number {
  if (unit < 0x30) return unit - 0x21;
  if (unit < 0x41) return unit - 0x3a + 15;
  return unit < 0x61 ? unit - 0x5b + 22 : unit - 0x7b + 28;
}

function indentClass(spaces: number): number {
  if (spaces <= 12) return spaces - 1;
  return Math.min(12 + Math.floor((spaces - 13) / 4), indentCount - 1);
}

/** The bucket of a hash, mixed so that words alike do not share one. */
export function bucketOf(hash: number, count: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % count;
}
