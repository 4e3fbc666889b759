import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { isCodeIndented, lineText, pushInline } from './lines';

const definition = /^\[\^([^\]\s]{1,100})\]:[ \t]*/;
const reference = /^\[\^([^\]\s]{1,100})\]/;

/**
 * Footnotes. A note is shown where it is written; a reference to one that does not exist stays text. Notes are
 * kept among the link definitions, their labels with the `^`, so that references may come before them.
 */
export function addFootnotes(markdown: MarkdownIt): void {
  markdown.block.ruler.before('reference', 'footnote', note, {
    alt: ['paragraph', 'reference', 'blockquote'],
  });
  markdown.inline.ruler.before('link', 'footnote_ref', noteReference);
}

function note(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCodeIndented(state, startLine)) return false;
  const [marker, label] = definition.exec(lineText(state, startLine)) ?? [];
  if (marker === undefined || label === undefined) return false;
  if (silent) return true;
  state.env.references ??= {};
  const key = keyOf(state.md, label);
  state.env.references[key] ??= { href: '', title: '' };
  const end = endOfNote(state, startLine, endLine);
  const text = state.getLines(startLine, end, state.blkIndent, false).trim();
  const open = state.push('footnote_open', 'div', 1);
  open.map = [startLine, end];
  open.content = label;
  pushInline(state, text.slice(marker.length).trim(), startLine, end);
  state.push('footnote_close', 'div', -1);
  state.line = end;
  return true;
}

/** Like a paragraph, a note goes on until a blank line or the beginning of another block. */
function endOfNote(state: StateBlock, startLine: number, endLine: number): number {
  const terminators = state.md.block.ruler.getRules('paragraph');
  let line = startLine + 1;
  while (line < endLine && !state.isEmpty(line)) {
    const at = line;
    if (!isCodeIndented(state, at) && terminators.some(rule => rule(state, at, endLine, true))) break;
    line++;
  }
  return line;
}

function noteReference(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('[^', state.pos)) return false;
  const [whole, label] = reference.exec(state.src.slice(state.pos, state.pos + 110)) ?? [];
  if (whole === undefined || label === undefined) return false;
  if (!state.env.references?.[keyOf(state.md, label)]) return false;
  if (!silent) state.push('footnote_ref', 'sup', 0).content = label;
  state.pos += whole.length;
  return true;
}

const keyOf = (markdown: MarkdownIt, label: string): string => markdown.utils.normalizeReference(`^${label}`);
