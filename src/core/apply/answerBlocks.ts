import { FenceLines } from '../chat/fenceLines';
import { toLines } from '../code/lines';

/** A fenced block of an answer. */
export interface AnswerBlock {
  /** First word behind the fence, in lower case; '' when there is none. */
  readonly language: string;
  /** With `\n` between its lines, without the fences. */
  readonly text: string;
  /** False when the answer ends before the block does. */
  readonly isClosed: boolean;
}

export interface AnswerParts {
  readonly blocks: readonly AnswerBlock[];
  /** Every line that is in no block. */
  readonly prose: readonly string[];
}

const opening = /^([ \t]*)(`{3,}|~{3,})[ \t]*([^\s`{]*)[^`]*$/;

/** The code blocks of an answer and the text around them. */
export function splitAnswer(answer: string): AnswerParts {
  const lines = toLines(answer);
  const nested = readBlocks(lines, true);
  // As the page reads it: fences within a fence of Markdown only count as nested where the outer one has an end.
  const isOpen = nested.hasNested && nested.blocks.at(-1)?.isClosed === false;
  return isOpen ? readBlocks(lines, false) : nested;
}

/** What is between the first and the last fence, with every other fence as text; undefined without two of them. */
export function outermostBlock(answer: string): AnswerBlock | undefined {
  const lines = toLines(answer);
  const first = lines.findIndex(line => opening.test(line));
  const last = lines.findLastIndex(line => /^[ \t]*(?:`{3,}|~{3,})[ \t]*$/.test(line));
  if (first < 0 || last <= first) return undefined;
  const language = opening.exec(lines[first] ?? '')?.[3] ?? '';
  return { language: language.toLowerCase(), text: lines.slice(first + 1, last).join('\n'), isClosed: true };
}

/** So many lines of `text` begin with a fence. */
export const countFences = (text: string): number =>
  toLines(text).filter(line => /^[ \t]*(?:`{3,}|~{3,})/.test(line)).length;

interface OpenBlock {
  readonly indent: number;
  readonly language: string;
  readonly fence: FenceLines;
  readonly lines: string[];
}

function readBlocks(
  lines: readonly string[],
  repairs: boolean,
): AnswerParts & { readonly hasNested: boolean } {
  const blocks: AnswerBlock[] = [];
  const prose: string[] = [];
  let open: OpenBlock | undefined;
  let hasNested = false;
  for (const line of lines) {
    if (!open) {
      open = openBlock(line, repairs);
      if (!open) prose.push(line);
      continue;
    }
    const inner = withoutIndent(line, open.indent);
    const isEnd = open.fence.isClosing(inner);
    hasNested ||= open.fence.hasNested;
    if (!isEnd) open.lines.push(inner);
    else {
      blocks.push(toBlock(open, true));
      open = undefined;
    }
  }
  if (open) blocks.push(toBlock(open, false));
  return { blocks, prose, hasNested };
}

function openBlock(line: string, repairs: boolean): OpenBlock | undefined {
  const [, indent, marker, language] = opening.exec(line) ?? [];
  if (indent === undefined || marker === undefined || language === undefined) return undefined;
  const fence = new FenceLines(marker, language, repairs);
  return { indent: indent.length, language: language.toLowerCase(), fence, lines: [] };
}

const toBlock = ({ language, lines }: OpenBlock, isClosed: boolean): AnswerBlock => ({
  language,
  text: lines.join('\n'),
  isClosed,
});

/** A fence in a list stands in as far as its item: so do its lines. */
function withoutIndent(line: string, indent: number): string {
  const own = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(own, indent));
}
