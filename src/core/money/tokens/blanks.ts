import { kind, kinds } from './characters';
import { add, at, indentCount, oddBytesAt } from './features';
import type { TextBlock } from './textBlock';

/** Counts blanks inside a line or at its end, and returns where they end. */
export function countBlanks({ units, end }: TextBlock, start: number, counts: Float64Array): number {
  let index = start;
  let tabs = 0;
  for (; ; index++) {
    const of = kinds[units[index] ?? 0];
    if (of === kind.tab) tabs++;
    else if (of !== kind.space) break;
  }
  const length = index - start;
  if (tabs > 0) add(counts, oddBytesAt, length);
  const next = index < end ? kinds[units[index] ?? 0] : kind.lineEnd;
  if (next === kind.lineEnd) add(counts, at.trailingBlanks, 1);
  else if (tabs > 0) add(counts, at.innerTabs, tabs);
  else if (length > 1) {
    add(counts, at.gap + (length > 8 ? 4 : Math.min(length, 5) - 2), 1);
    add(counts, at.gapBlanks, length);
  } else if (next === kind.sign) add(counts, at.spaceBeforeSigns, 1);
  else if (next === kind.foreign) add(counts, at.spaceBeforeScript, 1);
  return index;
}

/** Counts line ends in a row, blanks between them left out, and the indentation after them. */
export function countLineEnds({ units }: TextBlock, start: number, counts: Float64Array): number {
  const before = kinds[units[start - 1] ?? 0] ?? kind.control;
  const after = before === kind.sign ? 1 : before <= kind.digit ? 0 : 2;
  const withReturns = units[start] === 0x0d ? 3 : 0;
  add(counts, at.lineEnd + withReturns + after, 1);
  let ends = 0;
  let index = start;
  for (; ; index++) {
    const unit = units[index] ?? 0;
    if (unit === 0x0a) ends++;
    else if (unit === 0x0d) add(counts, at.carriageReturns, 1);
    else break;
  }
  if (ends > 1) add(counts, at.lineEnds + withReturns + (ends === 2 ? 0 : 1), 1);
  if (ends > 3) add(counts, at.lineEnds + withReturns + 2, ends - 3);
  return countIndentation(units, index, counts);
}

/** Counts the blanks that a line begins with. */
export function countIndentation(units: Uint16Array, start: number, counts: Float64Array): number {
  let index = start;
  while (units[index] === 0x09) index++;
  const tabs = index - start;
  if (tabs > 0) add(counts, at.tabs + Math.min(tabs, 5) - 1, 1);
  if (tabs > 5) add(counts, at.manyTabs, tabs - 5);
  const first = index;
  while (units[index] === 0x20) index++;
  const spaces = index - first;
  if (spaces > 0) add(counts, at.indent + indentClass(spaces), 1);
  if (spaces > 24) add(counts, at.longIndent, spaces - 24);
  // Lines of nothing but blanks.
  if (index > start && kinds[units[index] ?? 0] === kind.lineEnd) add(counts, oddBytesAt, 2);
  return index;
}

function indentClass(spaces: number): number {
  if (spaces <= 12) return spaces - 1;
  return Math.min(12 + Math.floor((spaces - 13) / 4), indentCount - 1);
}
