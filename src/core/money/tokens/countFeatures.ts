import { countBlanks, countIndentation, countLineEnds } from './blanks';
import { kind, kinds } from './characters';
import { add, at, bytesAt, featureCount, oddBytesAt, perScript } from './features';
import { bucketOf, buckets, type HashTable } from './hashedTable';
import { isOdd, script, scriptOf } from './scripts';
import { SignCounter } from './signCounter';
import { blockStart, readBlock, type TextBlock } from './textBlock';
import { WordCounter } from './wordCounter';

/** Counts of a text, found in one pass from its start to its end. */
export function countFeatures(text: string, table: HashTable): Float64Array {
  const counts = new Float64Array(featureCount);
  const words = new WordCounter(counts, table.words);
  const signs = new SignCounter(counts, table.signs);
  for (let start = 0; start < text.length; ) {
    const block = readBlock(text, start);
    const { units, end } = block;
    let index = countIndentation(units, blockStart, counts);
    while (index < end) {
      // A word's tokens have the blank before it.
      const first = units[index] === 0x20 && isWord(units, index + 1) ? index + 1 : index;
      const of = kinds[units[first] ?? 0] ?? kind.control;
      if (of <= kind.digit) index = words.count(units, first);
      else if (of === kind.sign) index = signs.count(units, first);
      else index = countOther(block, first, of, counts, table);
    }
    start += end - blockStart;
  }
  words.finish();
  signs.finish();
  add(counts, bytesAt, text.length);
  return counts;
}

const isWord = (units: Uint16Array, index: number): boolean => (kinds[units[index] ?? 0] ?? 0) <= kind.digit;

/** Counts a run of neither letters, digits nor signs, and returns where it ends. */
function countOther(
  block: TextBlock,
  start: number,
  of: number,
  counts: Float64Array,
  table: HashTable,
): number {
  switch (of) {
    case kind.lineEnd:
      return countLineEnds(block, start, counts);
    case kind.space:
    case kind.tab:
      return countBlanks(block, start, counts);
    case kind.foreign:
      return countForeign(block, start, counts, table.characters);
    default:
      add(counts, at.controls, 1);
      return start + 1;
  }
}

/** Characters of one script that is not ASCII. */
function countForeign(
  { units }: TextBlock,
  start: number,
  counts: Float64Array,
  table: ArrayLike<number>,
): number {
  const of = scriptOf(units[start] ?? 0);
  const hashed = at.hashed + (of === script.han ? 2 : 3);
  let index = start;
  let threeBytes = 0;
  for (; ; index++) {
    const unit = units[index] ?? 0;
    if (unit < 128 || scriptOf(unit) !== of) break;
    if (unit >= 0x800) threeBytes++;
    add(counts, hashed, table[bucketOf(unit, buckets.characters)] ?? 0);
  }
  const length = index - start;
  // A surrogate pair is counted as six bytes instead of four; a lone surrogate is sent as three.
  const size = 2 * length + threeBytes;
  add(counts, bytesAt, size - length);
  add(counts, oddBytesAt, isOdd[of] === 1 ? size : length);
  const base = at.script + of * perScript;
  add(counts, base, 1);
  add(counts, base + 1, length);
  if (length > 3) add(counts, base + 2, length - 3);
  if (length > 6) add(counts, base + 3, length - 6);
  if (length > 10) add(counts, base + 4, length - 10);
  return index;
}
