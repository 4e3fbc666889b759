import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import { BlockShelf } from './blockShelf';
import { CodeBlock } from './codeBlock';
import { OpenFence } from './openFence';
import { paragraphCut } from './paragraphCut';
import { type Block, itemLines } from './parse';
import { Tail } from './tail';
import { createNodes, languageOf } from './tokenDom';

/** Source taken in one step. A step must stay well under a frame. */
const parseStep = 6_000;
const fenceStep = 16_000;
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
    const tail = new Tail(this.source.slice(this.taken, end), this.env, isLast);
    this.shown = end;
    const open = tail.blocks[tail.settledCount];
    if (open?.tokens[0]?.type === 'fence' && tail.isDecided(open.startLine)) this.openFence(tail, open);
    else if (open?.tokens[0]?.type === 'paragraph_open') this.showParagraph(tail, open);
    else this.showOpen(tail, open);
    this.isFinal = isLast && this.taken === this.source.length;
    const tookMs = performance.now() - startedMs;
    if (this.taken === takenBefore && tookMs > slowMs) this.notBeforeMs = startedMs + tookMs * restFactor;
  }

  /** Steps grow with what is parsed again, so that even one huge block costs its length, not its square. */
  private stepEnd(): number {
    const limit = this.shown + Math.max(parseStep, this.shown - this.taken);
    if (limit >= this.source.length) return this.source.length;
    const lineEnd = this.source.lastIndexOf('\n', limit - 1) + 1;
    return lineEnd > this.shown ? lineEnd : limit;
  }

  /** Everything before `open` is settled; of a list also the items before its last. */
  private showOpen(tail: Tail, open: Block | undefined): void {
    this.shelf.show(this.build(tail.blocks));
    const items = open ? itemLines(open).filter(line => tail.isDecided(line)) : [];
    const lastItem = items.length > 1 ? items.at(-1) : undefined;
    this.settle(tail, lastItem ?? open?.startLine);
    if (lastItem !== undefined) this.shelf.carry(items.length - 1);
  }

  private showParagraph(tail: Tail, open: Block): void {
    const start = tail.offset(open.startLine);
    const cut = open === tail.blocks.at(-1) ? paragraphCut(tail.source.slice(start)) : undefined;
    if (cut === undefined) {
      this.showOpen(tail, open);
      return;
    }
    const first = new Tail(tail.source.slice(0, start + cut), this.env, true);
    const nodes = this.build(first.blocks);
    const paragraph = nodes.at(-1);
    if (paragraph instanceof HTMLElement) {
      paragraph.classList.add('goes-on');
      paragraph.append(' ');
    }
    this.shelf.show(nodes);
    this.settle(first, undefined);
    const least = this.shown;
    this.shown = this.taken;
    this.parseTail(least);
  }

  private openFence(tail: Tail, open: Block): void {
    const block = new CodeBlock(languageOf(open.tokens[0]?.info ?? ''), this.idle);
    this.shelf.show([...this.build(tail.blocks.slice(0, tail.settledCount)), block.element]);
    this.settle(tail, open.startLine);
    const bodyStart = this.taken + tail.line(open.startLine).length;
    this.fence = new OpenFence(block, tail.line(open.startLine), bodyStart);
    this.shown = bodyStart;
  }

  private build(blocks: readonly Block[]): ChildNode[] {
    return blocks.flatMap(block => createNodes(block.tokens, this.idle));
  }

  /** Settles the tail up to its line `line`, or all of it. */
  private settle(tail: Tail, line: number | undefined): void {
    const length = line === undefined ? tail.source.length : tail.offset(line);
    const count = line === undefined ? tail.blocks.length : tail.settledCount;
    this.shelf.settle(count, length);
    this.taken += length;
  }
}
