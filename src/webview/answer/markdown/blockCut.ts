import type { Token } from 'markdown-it';
import { paragraphCut } from './paragraphCut';
import type { Block } from './parse';
import type { Tail } from './tail';

/** Blocks up to this much source stay whole. */
const longBlock = 3_000;
/** A table longer than this goes on below in another one, with the head again. */
const longTable = 15_000;

/** Where a block that has grown long is cut in two, so that only its second part is built again. */
export interface Cut {
  /** Offset in the tail at which the second part begins. */
  readonly at: number;
  /** Source to put before the second part, so that it is the same kind of block: a table's head. */
  readonly repeat: string;
}

/** `undefined` while `open` is short, or when what follows it has begun already. */
export function findCut(tail: Tail, open: Block): Cut | undefined {
  const start = tail.offset(open.startLine);
  const type = open.tokens[0]?.type;
  const limit = type === 'table_open' ? longTable : longBlock;
  if (open !== tail.blocks.at(-1) || tail.source.length - start <= limit) return undefined;
  switch (type) {
    case 'paragraph_open': {
      const at = paragraphCut(tail.source.slice(start));
      return at === undefined ? undefined : { at: start + at, repeat: '' };
    }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return cutBefore(tail, linesOf(open, 'list_item_open', 1), open);
    case 'table_open':
      return cutBefore(tail, linesOf(open, 'tr_open', 2).slice(1), open);
    default:
      return undefined;
  }
}

/** Makes the first part of a cut block look as if the second went on in it. */
export function markGoingOn(first: HTMLElement): void {
  first.classList.add('goes-on');
  if (first.localName === 'p') first.append(' ');
}

/** Cuts before the last of the parts that begin on `lines`. */
function cutBefore(tail: Tail, lines: readonly number[], open: Block): Cut | undefined {
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
