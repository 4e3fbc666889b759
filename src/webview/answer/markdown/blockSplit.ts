import type { Token } from 'markdown-it';
import { findParagraphSplit } from './paragraphSplit';
import type { Block } from './parse';
import type { UnsettledTail } from './unsettledTail';

/** Blocks with up to this much source are never split. */
const longBlock = 3_000;
/** A table longer than this is continued by a second table with the same head. */
const longTable = 15_000;

/** Where a long block is split in two, so that only its second part is built again while it grows. */
export interface BlockSplit {
  /** Offset in the tail at which the second part begins. */
  readonly at: number;
  /** Source to put before the second part, so that it parses as the same kind of block: a table's head. */
  readonly repeat: string;
}

/** Where to split `open`; `undefined` while it is short, or when it is not the last block. */
export function findSplit(tail: UnsettledTail, open: Block): BlockSplit | undefined {
  const start = tail.offset(open.startLine);
  const type = open.tokens[0]?.type;
  const limit = type === 'table_open' ? longTable : longBlock;
  if (open !== tail.blocks.at(-1) || tail.source.length - start <= limit) return undefined;
  switch (type) {
    case 'paragraph_open': {
      const at = findParagraphSplit(tail.source.slice(start));
      return at === undefined ? undefined : { at: start + at, repeat: '' };
    }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return splitBefore(tail, linesOf(open, 'list_item_open', 1), open);
    case 'table_open':
      return splitBefore(tail, linesOf(open, 'tr_open', 2).slice(1), open);
    default:
      return undefined;
  }
}

/** Marks the first part of a split block, so that no gap is shown between the two. */
export function markContinued(first: HTMLElement): void {
  first.classList.add('is-continued');
  if (first.localName === 'p') first.append(' ');
}

/** Splits before the last of the items or rows that begin on `lines`. */
function splitBefore(tail: UnsettledTail, lines: readonly number[], open: Block): BlockSplit | undefined {
  const whole = lines.filter(line => tail.isDecided(line));
  const last = whole.at(-1);
  if (last === undefined || whole.length < 2) return undefined;
  const isTable = open.tokens[0]?.type === 'table_open';
  return {
    at: tail.offset(last),
    repeat: isTable ? tail.line(open.startLine) + tail.line(open.startLine + 1) : '',
  };
}

function linesOf(block: Block, type: string, level: number): number[] {
  const isPart = (token: Token): boolean => token.type === type && token.level === level;
  return block.tokens.flatMap(token => (isPart(token) ? (token.map?.[0] ?? []) : []));
}
