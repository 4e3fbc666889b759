import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { markContinued } from './blockSplit';
import { morph } from './morph';
import { type Block, missingLabels, parseInlineAgain } from './parse';
import { createNodes } from './tokenDom';

/** A block in the document, and the labels it refers to that have no definition yet. */
interface Waiting {
  readonly block: Block;
  readonly node: ChildNode;
  readonly labels: readonly string[];
}

/** At most so many are kept: an answer full of brackets must not be held in memory twice. */
const mostWaiting = 200;

/** Settled blocks that refer to link definitions which may still come: models put those at the end. */
export class LateReferences {
  private waiting: readonly Waiting[] = [];
  private due: readonly Waiting[] = [];
  private definitions = 0;

  constructor(
    private readonly env: Env,
    private readonly idle: IdleQueue,
  ) {}

  /** True when a block can be rebuilt because its definition has come. */
  get isDue(): boolean {
    return this.due.length > 0;
  }

  /** Keeps those of `blocks` that wait for a definition; `nodes` are their nodes in the document. */
  keep(blocks: readonly Block[], nodes: readonly ChildNode[]): void {
    const found = blocks.flatMap((block, index) => {
      const node = nodes[index];
      const labels = missingLabels(block, this.env);
      return node && labels.length > 0 ? [{ block, node, labels }] : [];
    });
    if (found.length > 0) this.waiting = [...this.waiting, ...found].slice(0, mostWaiting);
  }

  /** Looks for definitions that have come since the last call. */
  look(): void {
    const known = this.env.references ?? {};
    const count = Object.keys(known).length;
    if (count === this.definitions) return;
    this.definitions = count;
    const isDue = ({ labels }: Waiting): boolean => labels.some(label => Object.hasOwn(known, label));
    this.due = [...this.due, ...this.waiting.filter(isDue)];
    this.waiting = this.waiting.filter(one => !isDue(one));
  }

  /** Rebuilds one of the blocks that are due. */
  rebuildNext(): void {
    const [next, ...others] = this.due;
    this.due = others;
    if (!next) return;
    const { block, node } = next;
    const [fresh] = createNodes(parseInlineAgain(block, this.env).tokens, this.idle);
    if (!fresh) return;
    if (node instanceof HTMLElement && fresh instanceof HTMLElement) keepSplit(node, fresh);
    this.keep([block], [morph(node, fresh)]);
  }
}

/** `shown` may be one part of a split block: `fresh` must then look like that part. */
function keepSplit(shown: HTMLElement, fresh: HTMLElement): void {
  if (shown instanceof HTMLOListElement && fresh instanceof HTMLOListElement) fresh.start = shown.start;
  if (shown.classList.contains('is-continued')) markContinued(fresh);
}
