import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { endOfLines, isCodeIndented, lineText, pushParagraph } from './lines';

/** Signs that show that a text between delimiters is TeX and not prose. */
const texSigns = /[\\^_={}+*/<>|-]/;
/** Brackets are escaped in prose, too, and dollars are money: these need surer signs. */
const sureTexSigns = /\\[a-zA-Z]|[\^={}]/;
const isSymbol = (tex: string): boolean => /^[^\s\d]\S{0,2}$/.test(tex.trim());

/**
 * Keeps TeX as it was written: Markdown would drop its backslashes and turn its stars into emphasis. A formula is
 * a token `math` (in a line) or `math_block`, whose content is the source with its delimiters.
 */
export function addMath(markdown: MarkdownIt): void {
  markdown.inline.ruler.before('escape', 'math', inlineMath);
  markdown.block.ruler.before('fence', 'math_block', mathBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const end = endOfMath(state);
  if (end === undefined || end > state.posMax) return false;
  if (!silent) state.push('math', 'span', 0).content = state.src.slice(state.pos, end);
  state.pos = end;
  return true;
}

/** Where the formula at the current position ends; undefined when there is none. */
function endOfMath({ src, pos }: StateInline): number | undefined {
  if (src.startsWith('\\(', pos)) {
    const end = findDelimiter(src, pos + 2, '\\)');
    return end !== undefined && isTex(src.slice(pos + 2, end)) ? end + 2 : undefined;
  }
  if (src.startsWith('\\[', pos)) {
    const end = findDelimiter(src, pos + 2, '\\]');
    return end !== undefined && sureTexSigns.test(src.slice(pos + 2, end)) ? end + 2 : undefined;
  }
  if (src[pos] !== '$' || /[\p{L}\p{N}$\\]/u.test(src[pos - 1] ?? '')) return undefined;
  return src[pos + 1] === '$' ? endOfDoubleDollar(src, pos) : endOfDollar(src, pos);
}

const isTex = (tex: string): boolean => tex.trim() !== '' && (texSigns.test(tex) || isSymbol(tex));

function endOfDoubleDollar(src: string, pos: number): number | undefined {
  const end = src.indexOf('$$', pos + 2);
  return end !== -1 && isTex(src.slice(pos + 2, end)) ? end + 2 : undefined;
}

/** As in Pandoc: no space inside the dollars and nothing that continues a word or number behind them. */
function endOfDollar(src: string, pos: number): number | undefined {
  const end = src.indexOf('$', pos + 1);
  if (end === -1 || /[\p{L}\p{N}$_]/u.test(src[end + 1] ?? '')) return undefined;
  const tex = src.slice(pos + 1, end);
  if (tex === '' || tex.trim() !== tex || tex.includes('`') || tex.endsWith('\\')) return undefined;
  return (/^\d/.test(tex) ? sureTexSigns.test(tex) : isTex(tex)) ? end + 1 : undefined;
}

/** The next `delimiter` that is not part of an escaped backslash. */
function findDelimiter(src: string, from: number, delimiter: string): number | undefined {
  for (let at = src.indexOf('\\', from); at !== -1; at = src.indexOf('\\', at + 2)) {
    if (src.startsWith(delimiter, at)) return at;
  }
  return undefined;
}

/**
 * A formula that begins on a line of its own and ends before the next blank line. The lines up to there belong
 * together even while, or when, the closing delimiter is missing: their reading must not depend on what follows.
 */
function mathBlock(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (isCodeIndented(state, startLine)) return false;
  const first = lineText(state, startLine).trim();
  const [opening, closing] = first.startsWith('$$') ? ['$$', '$$'] : ['\\[', '\\]'];
  const rest = first.slice(2).replace(closing, '');
  const isFormula = opening === '$$' ? isTex : (tex: string) => sureTexSigns.test(tex);
  if (!first.startsWith(opening) || (rest !== '' && !isFormula(rest))) return false;
  if (silent) return true;
  const end = endOfLines(state, startLine, endLine);
  const closingLine = findClosingLine(state, startLine, end, closing);
  if (closingLine === undefined) {
    pushParagraph(state, startLine, end);
    return true;
  }
  state.line = closingLine + 1;
  const token = state.push('math_block', 'div', 0);
  token.content = state.getLines(startLine, state.line, state.blkIndent, false).trim();
  token.map = [startLine, state.line];
  return true;
}

function findClosingLine(
  state: StateBlock,
  startLine: number,
  end: number,
  closing: string,
): number | undefined {
  for (let line = startLine; line < end; line++) {
    const text = lineText(state, line)
      .trim()
      .slice(line === startLine ? 2 : 0);
    if (/^[.,;:]?$/.test(text.split(closing).slice(1).join(closing)) && text.includes(closing)) return line;
  }
  return undefined;
}
