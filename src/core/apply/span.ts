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

/** True when a change takes something out of `span`, or puts something in between its characters. */
export const touches = ({ offset, length }: TextChange, { start, end }: Span): boolean =>
  offset < end && offset + length > start;

/** Where `span` stands after a change that does not touch it; one that does leaves it where it was. */
export function moveSpan(span: Span, change: TextChange): Span {
  if (change.offset + change.length > span.start) return span;
  const grown = change.text.length - change.length;
  return { start: span.start + grown, end: span.end + grown };
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
