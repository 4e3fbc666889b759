import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { type Cut, findCut } from './blockCut';
import { BlockShelf } from './blockShelf';
import { CodeBlock, codeBlockOf } from './codeBlock';
import { OpenFence } from './openFence';
import type { Block } from './parse';
import { Tail } from './tail';
import { createNodes, languageOf } from './tokenDom';

/** Source taken in one step. A step must stay well under a frame. */
const parseStep = 4_000;
const fenceStep = 12_000;
/** A block that was slow to build is built again only after this many times what it took. */
const restFactor = 4;
const slowMs = 4;

/**
 * Shows Markdown that grows at its end. Blocks that are finished are parsed and built once; only the
 * last one is parsed again, and an open code fence not even that.
 */
export class MarkdownView {
  private readonly shelf: BlockShelf;
  private readonly env: Env = {};
  private source = '';
  private isComplete = false;
  private isFinal = false;
  /** Everything before this is settled. */
  private taken = 0;
  /** Everything before this is on the page. */
  private shown = 0;
  private fence: OpenFence | undefined;
  /** Set while the tail begins with the second part of a block that was cut. */
  private goesOn: { readonly repeat: string; readonly firstNumber?: number } | undefined;
  private notBeforeMs = 0;

  constructor(
    root: HTMLElement,
    private readonly idle: IdleQueue,
  ) {
    this.shelf = new BlockShelf(root);
  }

  /** Sets the text. It must begin with the last one; text that is complete must not change any more. */
  update(text: string, isComplete: boolean): void {
    this.source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    this.isComplete = isComplete;
  }

  /** Builds what is new until `deadlineMs` (as `performance.now()`); true when some is left. */
  paint(deadlineMs: number): boolean {
    while (this.hasWork()) {
      if (!this.fence && performance.now() < this.notBeforeMs) return true;
      if (this.fence) this.feedFence(this.fence);
      else this.parseTail();
      if (performance.now() >= deadlineMs) return this.hasWork();
    }
    return false;
  }

  private hasWork(): boolean {
    return this.shown < this.source.length || (this.isComplete && !this.isFinal);
  }

  private feedFence(fence: OpenFence): void {
    const end = Math.min(this.source.length, this.shown + fenceStep);
    const isLast = this.isComplete && end === this.source.length;
    const after = fence.take(this.source, end, isLast);
    this.shown = after ?? end;
    if (after === undefined) return;
    this.shelf.settle(1, after - this.taken);
    this.taken = after;
    this.fence = undefined;
    this.isFinal = isLast && after === end;
  }

  /** `least`: what was on the page already must be there again in this step. */
  private parseTail(least = 0): void {
    const startedMs = performance.now();
    const takenBefore = this.taken;
    const end = Math.max(this.stepEnd(), least);
    const isLast = this.isComplete && end === this.source.length;
    const tail = this.tailTo(end, isLast);
    this.shown = end;
    const open = tail.blocks[tail.settledCount];
    const cut = open && findCut(tail, open);
    if (open?.tokens[0]?.type === 'fence' && tail.isDecided(open.startLine)) this.openFence(tail, open);
    else if (cut) this.cutTail(cut);
    else this.showTail(tail, open, isLast);
    const tookMs = performance.now() - startedMs;
    if (this.taken === takenBefore && tookMs > slowMs) this.notBeforeMs = startedMs + tookMs * restFactor;
  }

  private tailTo(end: number, isLast: boolean): Tail {
    const repeat = this.goesOn?.repeat ?? '';
    return new Tail(repeat + this.source.slice(this.taken, end), this.env, isLast);
  }

  /** Steps grow with what is parsed again, so that even one huge block costs its length, not its square. */
  private stepEnd(): number {
    const limit = this.shown + Math.max(parseStep, this.shown - this.taken);
    if (limit >= this.source.length) return this.source.length;
    const lineEnd = this.source.lastIndexOf('\n', limit - 1) + 1;
    return lineEnd > this.shown ? lineEnd : limit;
  }

  /** Shows the tail; what is before `open` is settled, and all of it when nothing is open. */
  private showTail(tail: Tail, open: Block | undefined, isLast: boolean): void {
    this.shelf.show(this.build(tail.blocks));
    // Blank lines alone say nothing yet: they may be the indentation of what comes.
    if (open || isLast) this.settle(tail, open);
    this.isFinal = isLast;
  }

  /** Settles the first part of the open block, and shows the second at once: it was on the page already. */
  private cutTail(cut: Cut): void {
    const least = this.shown;
    const repeated = this.goesOn?.repeat.length ?? 0;
    const first = this.tailTo(this.taken + cut.at - repeated, true);
    const nodes = this.build(first.blocks);
    const last = nodes.at(-1);
    if (last instanceof HTMLElement) {
      last.classList.add('goes-on');
      if (last.localName === 'p') last.append(' ');
    }
    const firstNumber = last instanceof HTMLOListElement ? last.start + last.children.length : undefined;
    this.shelf.show(nodes);
    this.settle(first, undefined);
    this.goesOn = { repeat: cut.repeat, firstNumber };
    this.shown = this.taken;
    this.parseTail(least);
  }

  private openFence(tail: Tail, open: Block): void {
    const fresh = new CodeBlock(languageOf(open.tokens[0]?.info ?? ''), this.idle);
    const shown = this.shelf.show([...this.build(tail.blocks.slice(0, tail.settledCount)), fresh.element]);
    // The opening line alone may have shown a block already, which then stays.
    const block = codeBlockOf(shown.at(-1)) ?? fresh;
    this.settle(tail, open);
    const bodyStart = this.taken + tail.line(open.startLine).length;
    this.fence = new OpenFence(block, tail.line(open.startLine), bodyStart);
    this.shown = bodyStart;
  }

  private build(blocks: readonly Block[]): ChildNode[] {
    const nodes = blocks.flatMap(block => createNodes(block.tokens, this.idle));
    const [first] = nodes;
    const number = this.goesOn?.firstNumber;
    if (number !== undefined && first instanceof HTMLOListElement) first.start = number;
    return nodes;
  }

  /** Settles what is before `open`, or all of the tail. */
  private settle(tail: Tail, open: Block | undefined): void {
    const length = open ? tail.offset(open.startLine) : tail.source.length;
    const count = open ? tail.settledCount : tail.blocks.length;
    const repeated = this.goesOn?.repeat.length ?? 0;
    this.shelf.settle(count, length);
    this.taken += Math.max(0, length - repeated);
    if (count > 0) this.goesOn = undefined;
  }
}
