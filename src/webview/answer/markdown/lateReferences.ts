import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { markGoingOn } from './blockCut';
import { morph } from './morph';
import { type Block, missingLabels, parseInlineAgain } from './parse';
import { createNodes } from './tokenDom';

/** A block on the page, and the definitions it names that have not come. */
interface Waiting {
  readonly block: Block;
  readonly node: ChildNode;
  readonly labels: readonly string[];
}

/** Kept at most: an answer full of brackets must not be held twice. */
const mostWaiting = 200;

/** Settled blocks with references to definitions that may come later, as models put them at the end. */
export class LateReferences {
  private waiting: readonly Waiting[] = [];
  private due: readonly Waiting[] = [];
  private definitions = 0;

  constructor(
    private readonly env: Env,
    private readonly idle: IdleQueue,
  ) {}

  /** True when definitions have come that blocks wait for. */
  get isDue(): boolean {
    return this.due.length > 0;
  }

  /** Keeps those of `blocks` that wait for definitions; `nodes` are what they look like on the page. */
  keep(blocks: readonly Block[], nodes: readonly ChildNode[]): void {
    const found = blocks.flatMap((block, index) => {
      const node = nodes[index];
      const labels = missingLabels(block, this.env);
      return node && labels.length > 0 ? [{ block, node, labels }] : [];
    });
    if (found.length > 0) this.waiting = [...this.waiting, ...found].slice(0, mostWaiting);
  }

  /** Looks for definitions that have come since. */
  look(): void {
    const known = this.env.references ?? {};
    const count = Object.keys(known).length;
    if (count === this.definitions) return;
    this.definitions = count;
    const isDue = ({ labels }: Waiting): boolean => labels.some(label => Object.hasOwn(known, label));
    this.due = [...this.due, ...this.waiting.filter(isDue)];
    this.waiting = this.waiting.filter(one => !isDue(one));
  }

  /** Makes links in one of the blocks that are due. */
  rebuildNext(): void {
    const [next, ...others] = this.due;
    this.due = others;
    if (!next) return;
    const { block, node } = next;
    const [fresh] = createNodes(parseInlineAgain(block, this.env).tokens, this.idle);
    if (!fresh) return;
    if (node instanceof HTMLElement && fresh instanceof HTMLElement) keepCut(node, fresh);
    this.keep([block], [morph(node, fresh)]);
  }
}

/** What was done to `shown` because it is a part of a longer block is done to `fresh`, too. */
function keepCut(shown: HTMLElement, fresh: HTMLElement): void {
  if (shown instanceof HTMLOListElement && fresh instanceof HTMLOListElement) fresh.start = shown.start;
  if (shown.classList.contains('goes-on')) markGoingOn(fresh);
}
