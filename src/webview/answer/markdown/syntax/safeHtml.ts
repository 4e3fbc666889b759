import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { FenceLines } from '../../../../core/chat/fenceLines';
import { endOfLines, isCodeIndented, lineText, pushInline, pushParagraph } from './lines';

const lineBreak = /^<br\s{0,10}\/?>/i;
const inlineElement = /^<(sub|sup|kbd)>/i;
const details = /^<details(?:\s+open)?>\s*(?:<summary>(.*)<\/summary>)?\s*$/i;
const summary = /^<summary>(.*)<\/summary>\s*$/i;

/**
 * The few HTML elements that models write and that can do no harm: line breaks, `sub`, `sup`, `kbd` and
 * `details`, all without attributes. Comments show nothing. They become tokens of their own; all other HTML stays
 * text.
 */
export function addSafeHtml(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('autolink', 'safe_html', safeHtml);
  const alt = ['paragraph', 'reference', 'blockquote'];
  markdown.block.ruler.before('reference', 'comment', comment, { alt });
  markdown.block.ruler.before('reference', 'details', detailsBlock, { alt });
}

function safeHtml(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  const rest = state.src.slice(state.pos, Math.min(state.posMax, state.pos + 20));
  const found = lineBreak.exec(rest)?.[0];
  if (found) {
    if (!silent) state.push('hardbreak', 'br', 0);
    state.pos += found.length;
    return true;
  }
  const tag = inlineElement.exec(rest)?.[1]?.toLowerCase();
  return tag === undefined ? inlineComment(state) : element(state, tag, silent);
}

function inlineComment(state: StateInline): boolean {
  if (!state.src.startsWith('<!--', state.pos)) return false;
  const end = state.src.indexOf('-->', state.pos + 4);
  if (end === -1 || end + 3 > state.posMax) return false;
  state.pos = end + 3;
  return true;
}

function element(state: StateInline, tag: string, silent: boolean): boolean {
  const start = state.pos;
  const [opening, closing] = [`<${tag}>`, `</${tag}>`];
  const end = findClosingTag(state, start + opening.length, closing);
  if (end === undefined) return false;
  if (!silent) {
    const { posMax } = state;
    state.pos = start + opening.length;
    state.posMax = end;
    state.push(`${tag}_open`, tag, 1);
    state.md.inline.tokenize(state);
    state.push(`${tag}_close`, tag, -1);
    state.posMax = posMax;
  }
  state.pos = end + closing.length;
  return true;
}

/** Skips over code, links and elements, in which a closing tag does not count. */
function findClosingTag(state: StateInline, from: number, closing: string): number | undefined {
  const { pos } = state;
  let found: number | undefined;
  state.pos = from;
  while (state.pos < state.posMax && found === undefined) {
    if (state.src.slice(state.pos, state.pos + closing.length).toLowerCase() === closing) found = state.pos;
    else state.md.inline.skipToken(state);
  }
  state.pos = pos;
  return found;
}

/** A comment on lines of its own, without blank lines. As long as its end is missing it is shown. */
function comment(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCodeIndented(state, startLine) || !lineText(state, startLine).startsWith('<!--')) return false;
  if (silent) return true;
  const end = endOfLines(state, startLine, endLine);
  const text = state.getLines(startLine, end, state.blkIndent, false).trim();
  if (text.indexOf('-->', 4) === text.length - 3) state.line = end;
  else pushParagraph(state, startLine, end);
  return true;
}

function detailsBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCodeIndented(state, startLine)) return false;
  const match = details.exec(lineText(state, startLine));
  if (!match) return false;
  if (silent) return true;
  let bodyStart = startLine + 1;
  let title = match[1];
  if (title === undefined && bodyStart < endLine) {
    title = summary.exec(lineText(state, bodyStart).trim())?.[1];
    if (title !== undefined) bodyStart += 1;
  }
  const bodyEnd = endOfDetails(state, bodyStart, endLine);
  const end = Math.min(endLine, bodyEnd + 1);
  state.push('details_open', 'details', 1).map = [startLine, end];
  state.push('summary_open', 'summary', 1);
  pushInline(state, title?.trim() || 'Details', startLine, bodyStart);
  state.push('summary_close', 'summary', -1);
  const { lineMax } = state;
  state.lineMax = bodyEnd;
  state.md.block.tokenize(state, bodyStart, bodyEnd);
  state.lineMax = lineMax;
  state.push('details_close', 'details', -1);
  state.line = end;
  return true;
}

/** The line of the closing tag; fences and inner `details` are skipped. */
function endOfDetails(state: StateBlock, from: number, endLine: number): number {
  let depth = 0;
  let fence: FenceLines | undefined;
  for (let line = from; line < endLine; line++) {
    if (!state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent) return line;
    const text = lineText(state, line);
    if (fence) {
      if (fence.isClosing(text)) fence = undefined;
      continue;
    }
    const [, marker, language = ''] = /^(`{3,}|~{3,})\s*(\w*)/.exec(text) ?? [];
    if (marker) fence = new FenceLines(marker, language);
    else if (/^<details(?:\s+open)?>/i.test(text)) depth += 1;
    else if (/^<\/details>\s*$/i.test(text) && depth-- === 0) return line;
  }
  return endLine;
}
