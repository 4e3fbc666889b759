import type { StateBlock } from 'markdown-it';

/** Line `line` without the indentation of what it lies in, and without its line break. */
export const lineText = (state: StateBlock, line: number): string =>
  state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);

/** True when a line is indented so far that it is code, wherever it lies. */
export const isCodeIndented = (state: StateBlock, line: number): boolean =>
  (state.sCount[line] ?? 0) - state.blkIndent >= 4;

/** The first line from `startLine` on that is blank or belongs to something else; `endLine` at most. */
export function endOfLines(state: StateBlock, startLine: number, endLine: number): number {
  let line = startLine + 1;
  while (line < endLine && !state.isEmpty(line) && (state.sCount[line] ?? 0) >= state.blkIndent) line++;
  return line;
}

/** Adds the lines from `startLine` to `end` as a paragraph, whatever they look like. */
export function pushParagraph(state: StateBlock, startLine: number, end: number): void {
  state.line = end;
  state.push('paragraph_open', 'p', 1).map = [startLine, end];
  pushInline(state, state.getLines(startLine, end, state.blkIndent, false).trim(), startLine, end);
  state.push('paragraph_close', 'p', -1);
}

export function pushInline(state: StateBlock, content: string, startLine: number, end: number): void {
  const token = state.push('inline', '', 0);
  token.content = content;
  token.map = [startLine, end];
  token.children = [];
}
