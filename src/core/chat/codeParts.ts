import { showOnOneLine } from '../base/hiddenCharacters';
import type { CodePart, SentCode, TextRange } from './conversation';

/** A range of a document and what stands there. */
export interface SelectedText {
  readonly range: TextRange;
  readonly text: string;
}

/**
 * The pieces that are meant by `selections`: each that holds more than white space, from the top down. Empty when
 * none does: a cursor beside real selections stands for nothing. A column keeps its blank lines.
 */
export function toParts(selections: readonly SelectedText[]): readonly CodePart[] {
  const sorted = [...selections].sort((a, b) => compare(a.range, b.range));
  const first = sorted.findIndex(isMeant);
  if (first < 0) return [];
  const meant = sorted.slice(first, sorted.findLastIndex(isMeant) + 1);
  return (isColumn(meant) ? meant : meant.filter(isMeant)).map(toPart);
}

/** A piece of code with the lines it stands on; 1-based, both included. */
export function toPart({ range, text }: SelectedText): CodePart {
  const { start, end } = range;
  const endsAtLineStart = end.character === 0 && end.line > start.line;
  return { text, range, startLine: start.line + 1, endLine: endsAtLineStart ? end.line : end.line + 1 };
}

/** Pieces of single lines that stand below each other, as one; every other piece by itself. */
export interface CodeBlock {
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
  /** A column: of each line only a part. */
  readonly isColumn: boolean;
}

/** The code as it is sent and shown. */
export function codeBlocks({ parts }: Pick<SentCode, 'parts'>): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const { text, startLine, endLine } of parts) {
    const above = blocks.at(-1);
    const isBelow = above !== undefined && startLine === above.endLine + 1 && startLine === endLine;
    if (isBelow && !text.includes('\n') && (above.isColumn || isOneLine(above)))
      blocks[blocks.length - 1] = { ...above, text: `${above.text}\n${text}`, endLine, isColumn: true };
    else blocks.push({ text, startLine, endLine, isColumn: false });
  }
  return blocks;
}

/** "3" or "3–5" */
export function lineNumbers({ startLine, endLine }: Pick<CodeBlock, 'startLine' | 'endLine'>): string {
  return startLine === endLine ? `${startLine}` : `${startLine}–${endLine}`;
}

/** More numbers than these are not read in a heading. */
const mostNumbers = 4;

/** "3", "3–5", "1–3, 5–7" or "1, 2, 3, 4 and 10 more" */
export function allLineNumbers(code: Pick<SentCode, 'parts'>): string {
  const numbers = codeBlocks(code).map(lineNumbers);
  const named = numbers.slice(0, mostNumbers).join(', ');
  return numbers.length > mostNumbers ? `${named} and ${numbers.length - mostNumbers} more` : named;
}

/** "lines 3–5", or "line 3" */
export function linesText(code: Pick<SentCode, 'parts'>): string {
  const [block, ...others] = codeBlocks(code);
  const isOne = others.length === 0 && block?.startLine === block?.endLine;
  return `${isOne ? 'line' : 'lines'} ${allLineNumbers(code)}`;
}

/** Where the code stands, on one line: a file's name can hold anything. */
export function placeText({ path, cell }: Pick<SentCode, 'path' | 'cell'>): string {
  return `${showOnOneLine(path)}${cell === undefined ? '' : `, cell ${cell}`}`;
}

/** "selection", "3 selections", "column selection", "symbol parse", "whole cell" or "whole file" */
export function scopeText(code: SentCode): string {
  switch (code.scope) {
    case 'file':
      return code.cell === undefined ? 'whole file' : 'whole cell';
    case 'symbol':
      return `symbol ${showOnOneLine(code.symbolName ?? '')}`.trim();
    case 'selection': {
      const [block, ...others] = codeBlocks(code);
      if (others.length > 0) return `${others.length + 1} selections`;
      return block?.isColumn ? 'column selection' : 'selection';
    }
  }
}

const isMeant = ({ text }: SelectedText): boolean => text.trim() !== '';

const isOneLine = ({ text, startLine, endLine }: CodeBlock): boolean =>
  startLine === endLine && !text.includes('\n');

/** A cursor on every line below each other, as the editor sets them for a column. */
function isColumn(selections: readonly SelectedText[]): boolean {
  return selections.every(({ range: { start, end } }, index) => {
    const above = selections[index - 1];
    return start.line === end.line && (!above || above.range.start.line + 1 === start.line);
  });
}

function compare(a: TextRange, b: TextRange): number {
  return a.start.line - b.start.line || a.start.character - b.start.character;
}
