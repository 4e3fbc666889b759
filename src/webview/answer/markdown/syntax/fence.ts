import type { MarkdownIt, StateBlock } from 'markdown-it';
import { FenceLines } from '../../../../core/chat/fenceLines';
import { languageOf } from '../language';
import { isCodeIndented, lineText } from './lines';

const opening = /^(`{3,})([^`]*)$|^(~{3,})(.*)$/;

/** Code fences, with fences inside fences of Markdown: see {@link FenceLines}. */
export function addFences(markdown: MarkdownIt): void {
  markdown.block.ruler.at('fence', fence, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

function fence(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCodeIndented(state, startLine)) return false;
  const match = opening.exec(lineText(state, startLine).trimStart());
  const marker = match?.[1] ?? match?.[3];
  if (marker === undefined) return false;
  if (silent) return true;
  const info = match?.[2] ?? match?.[4] ?? '';
  const { last, isClosed } = findEnd(state, startLine, endLine, marker, info);
  const token = state.push('fence', 'code', 0);
  token.info = info;
  token.content = state.getLines(startLine + 1, last, state.sCount[startLine] ?? 0, true);
  token.markup = marker;
  state.line = isClosed ? last + 1 : last;
  token.map = [startLine, state.line];
  return true;
}

interface FenceEnd {
  /** The closing line, or the one behind the last when there is none. */
  readonly last: number;
  readonly isClosed: boolean;
}

/**
 * Reads the fence with nested ones; when it has no end that way, without. While the text still grows
 * (`env.isPart`), the end may still come.
 */
function findEnd(
  state: StateBlock,
  startLine: number,
  endLine: number,
  marker: string,
  info: string,
): FenceEnd {
  const lines = new FenceLines(marker, languageOf(info));
  const end = follow(state, startLine, endLine, lines);
  if (end.isClosed || !lines.hasNested || state.env.isPart) return end;
  return follow(state, startLine, endLine, new FenceLines(marker, languageOf(info), false));
}

function follow(state: StateBlock, startLine: number, endLine: number, lines: FenceLines): FenceEnd {
  for (let line = startLine + 1; line < endLine; line++) {
    // A line with less indentation than the list item or quote around the fence ends that one, and the fence.
    if (!state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent)
      return { last: line, isClosed: false };
    if (!isCodeIndented(state, line) && lines.isClosing(lineText(state, line).trimStart()))
      return { last: line, isClosed: true };
  }
  return { last: endLine, isClosed: false };
}
