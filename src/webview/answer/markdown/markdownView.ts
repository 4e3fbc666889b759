import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import type { Left } from '../pageWork';
import { type Cut, findCut } from './blockCut';
import { BlockShelf } from './blockShelf';
import { CodeBlock, codeBlockOf } from './codeBlock';
import { OpenFence } from './openFence';
import type { Block } from './parse';
import { Tail } from './tail';
import { createNodes, languageOf } from './tokenDom';

/** Source taken in one step. A step must stay well under a frame. */
const parseStep = 1_500;
const fenceStep = 12_000;
/** A block that was slow to build is built again only after this many times what it took. */
const restFactor = 4;
const slowMs = 4;
/** Hebrew, Arabic and their neighbours, and their presentation forms. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Under a flood of text the page is laid out this often: each time costs more than building a screenful. */
const layoutEveryMs = 400;

/**
 * Shows Markdown that grows at its end. Blocks that are finished are parsed and built once and their
 * source is let go; only the last one is parsed again, and an open code fence not even that.
 */
export class MarkdownView {
  private readonly shelf: BlockShelf;
  private readonly env: Env = {};
  /** The source from the first block on that may still change. */
  private source = '';
  /** So much of it is on the page. */
  private shown = 0;
  private isComplete = false;
  private isFinal = false;
  private fence: OpenFence | undefined;
  /** Set while the source begins with the second part of a block that was cut. */
  private goesOn: { readonly repeat: string; readonly firstNumber?: number } | undefined;
  private notBeforeMs = 0;
  private attachedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly root: HTMLElement,
    private readonly idle: IdleQueue,
  ) {
    this.shelf = new BlockShelf(root);
  }

  append(text: string): void {
    if (rightToLeft.test(text)) this.root.classList.add('has-rtl');
    this.source += text;
    // The first half of a line end may come alone; it waits as what it is.
    if (this.source.includes('\r')) this.source = this.source.replace(/\r\n|\r(?!$)/g, '\n');
  }

  /** Nothing more will be appended. */
  complete(): void {
    this.isComplete = true;
  }

  /** Builds what is new until `deadlineMs` (as `performance.now()`), and puts it on the page. */
  paint(deadlineMs: number): Left {
    const left = this.build(deadlineMs);
    if (left !== 'more') this.attach();
    return left;
  }

  private build(deadlineMs: number): Left {
    while (this.hasWork()) {
      if (!this.fence && performance.now() < this.notBeforeMs) return 'later';
      if (this.fence) this.feedFence(this.fence);
      else this.parse();
      if (performance.now() >= this.attachedAtMs + layoutEveryMs) this.attach();
      if (performance.now() >= deadlineMs) return this.hasWork() ? 'more' : 'nothing';
    }
    return 'nothing';
  }

  private attach(): void {
    this.shelf.attach();
    this.attachedAtMs = performance.now();
  }

  private hasWork(): boolean {
    return this.shown < this.source.length || (this.isComplete && !this.isFinal);
  }

  private feedFence(fence: OpenFence): void {
    const end = Math.min(this.source.length, this.shown + fenceStep);
    const isLast = this.isComplete && end === this.source.length;
    const { taken, isClosed } = fence.take(this.source.slice(0, end), isLast);
    this.shown = isClosed ? taken : end;
    this.shelf.settle(isClosed ? 1 : 0, taken);
    this.drop(taken);
    if (isClosed) this.fence = undefined;
    this.isFinal = isLast && this.source === '';
  }

  /** `least`: what was on the page already must be there again in this step. */
  private parse(least = 0): void {
    const startedMs = performance.now();
    const lengthBefore = this.source.length;
    const end = Math.max(this.stepEnd(), least);
    const isLast = this.isComplete && end === this.source.length;
    const tail = this.tailTo(end, isLast);
    this.shown = end;
    const open = tail.blocks[tail.settledCount];
    const cut = open && findCut(tail, open);
    if (open?.tokens[0]?.type === 'fence' && tail.isDecided(open.startLine)) this.openFence(tail, open);
    else if (cut) this.cut(cut);
    else this.show(tail, open, isLast);
    const tookMs = performance.now() - startedMs;
    const isOpenOnly = this.source.length === lengthBefore;
    if (isOpenOnly && tookMs > slowMs) this.notBeforeMs = startedMs + tookMs * restFactor;
  }

  private tailTo(end: number, isLast: boolean): Tail {
    return new Tail((this.goesOn?.repeat ?? '') + this.source.slice(0, end), this.env, isLast);
  }

  /** Steps grow with what is parsed again, so that even one huge block costs its length, not its square. */
  private stepEnd(): number {
    const limit = this.shown + Math.max(parseStep, this.shown);
    if (limit >= this.source.length) return this.source.length;
    const lineEnd = this.source.lastIndexOf('\n', limit - 1) + 1;
    return lineEnd > this.shown ? lineEnd : limit;
  }

  /** Shows the tail; what is before `open` is settled, and all of it when nothing is open. */
  private show(tail: Tail, open: Block | undefined, isLast: boolean): void {
    this.shelf.show(this.toNodes(tail.blocks));
    // Blank lines alone say nothing yet: they may be the indentation of what comes.
    if (open || isLast) this.settle(tail, open);
    this.isFinal = isLast;
  }

  /** Settles the first part of the open block, and shows the second at once: it was on the page already. */
  private cut({ at, repeat }: Cut): void {
    const repeated = this.goesOn?.repeat.length ?? 0;
    const shown = this.shown;
    const first = this.tailTo(at - repeated, true);
    const nodes = this.toNodes(first.blocks);
    const last = nodes.at(-1);
    if (last instanceof HTMLElement) {
      last.classList.add('goes-on');
      if (last.localName === 'p') last.append(' ');
    }
    const firstNumber = last instanceof HTMLOListElement ? last.start + last.children.length : undefined;
    this.shelf.show(nodes);
    this.settle(first, undefined);
    this.goesOn = { repeat, firstNumber };
    this.shown = 0;
    this.parse(shown - (at - repeated));
  }

  private openFence(tail: Tail, open: Block): void {
    const fresh = new CodeBlock(languageOf(open.tokens[0]?.info ?? ''), this.idle);
    const shown = this.shelf.show([...this.toNodes(tail.blocks.slice(0, tail.settledCount)), fresh.element]);
    // The opening line alone may have shown a block already, which then stays.
    const block = codeBlockOf(shown.at(-1)) ?? fresh;
    this.settle(tail, open);
    const openingLine = tail.line(open.startLine);
    this.drop(openingLine.length);
    this.shown = 0;
    this.fence = new OpenFence(block, openingLine);
  }

  private toNodes(blocks: readonly Block[]): ChildNode[] {
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
    const own = Math.max(0, length - (this.goesOn?.repeat.length ?? 0));
    this.shelf.settle(count, own);
    this.drop(own);
    if (count > 0) this.goesOn = undefined;
  }

  /** Lets go of source that will not be parsed again. */
  private drop(length: number): void {
    this.source = this.source.slice(length);
    this.shown = Math.max(0, this.shown - length);
  }
}
