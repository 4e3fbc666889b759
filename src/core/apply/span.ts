import type { TextRange } from '../chat/conversation';

/** A piece of a text, in UTF-16 units; `end` is behind its last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Some of a text replaced, as an editor tells it. */
export interface TextChange {
  readonly offset: number;
  /** So much was taken out. */
  readonly length: number;
  readonly text: string;
}

/**
 * Where `span` stands after a change. What is put in at its very start or end is no part of it; what is changed within
 * is.
 */
export function moveSpan({ start, end }: Span, { offset, length, text }: TextChange): Span {
  const changeEnd = offset + length;
  const grown = text.length - length;
  if (changeEnd <= start) return { start: start + grown, end: end + grown };
  if (offset >= end) return { start, end };
  const isWithin = offset >= start && changeEnd <= end;
  if (isWithin) return { start, end: end + grown };
  // The change reaches over an edge: what was put in belongs to the side where it began.
  const newStart = offset < start ? offset + text.length : start;
  return {
    start: newStart,
    end: Math.max(newStart, changeEnd > end ? (offset < start ? newStart : offset) : end + grown),
  };
}

/** `text` with every change made; the changes are in the text as it was and none is over another. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let changed = text;
  for (const { offset, length, text: put } of [...changes].sort((a, b) => b.offset - a.offset))
    changed = changed.slice(0, offset) + put + changed.slice(offset + length);
  return changed;
}

/** The span of a range in `text`, as VS Code counts lines; what lies outside is moved to the nearest place. */
export function toSpan(text: string, { start, end }: TextRange): Span {
  const starts = lineStarts(text);
  const offsetOf = ({ line, character }: TextRange['start']): number => {
    const from = starts[line];
    if (from === undefined) return text.length;
    const next = starts[line + 1] ?? text.length + 1;
    return Math.min(from + character, Math.max(from, next - 1), text.length);
  };
  return { start: offsetOf(start), end: offsetOf(end) };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
