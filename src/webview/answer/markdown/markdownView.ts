import type { Env } from 'markdown-it';
import type { IdleQueue } from '../../shared/idleQueue';
import type { RemainingWork } from '../paintScheduler';
import { type BlockSplit, findSplit, markContinued } from './blockSplit';
import { CodeBlock, codeBlockOf } from './codeBlock';
import { languageOf } from './language';
import { LateReferences } from './lateReferences';
import { OpenFence } from './openFence';
import type { Block } from './parse';
import { RenderedBlocks } from './renderedBlocks';
import { createNodes } from './tokenDom';
import { UnsettledTail } from './unsettledTail';

/** How much source is parsed in one step. A step must take much less time than a frame. */
const parseStep = 1_500;
const fenceStep = 12_000;
/** A block that was slow to build is built again only after a pause of so many times the build. */
const restFactor = 4;
const slowMs = 4;
/** Scripts that are written from right to left: Hebrew, Arabic and their neighbours in Unicode. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** As the parser itself does first: what it sees at once and what it sees piece by piece must be the same. */
const normalize = (text: string): string => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');

/**
 * Renders Markdown that grows at its end. A finished block is parsed and built once, and its source is dropped.
 * Only the last block is parsed again, and an open code fence not even that. `README.md` has the invariants.
 */
export class MarkdownView {
  private readonly rendered: RenderedBlocks;
  /** Link definitions of what is settled. */
  private readonly env: Env = { references: Object.create(null) };
  private readonly late: LateReferences;
  /** The source of the blocks that may still change. */
  private source = '';
  /** The first half of a CRLF that may have been cut in two: a line end all by itself would be another one. */
  private heldBack = '';
  /** How much of `source` has been rendered. */
  private shown = 0;
  private isComplete = false;
  private isFinal = false;
  private fence: OpenFence | undefined;
  private fenceBlock: CodeBlock | undefined;
  /** False for a fence that was read with nested ones in vain. */
  private repairsFence = true;
  /** Set while `source` begins with the second part of a block that was split. */
  private continuation: { readonly repeat: string; readonly firstNumber?: number } | undefined;
  private notBeforeMs = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly idle: IdleQueue,
    private readonly onDidAttach: () => void = () => {},
  ) {
    this.rendered = new RenderedBlocks(root);
    this.late = new LateReferences(this.env, idle);
  }

  append(text: string): void {
    if (rightToLeft.test(text)) this.root.classList.add('has-rtl');
    const all = this.heldBack + text;
    this.heldBack = all.endsWith('\r') ? '\r' : '';
    this.source += normalize(this.heldBack === '' ? all : all.slice(0, -1));
  }

  /** Nothing more will be appended. */
  complete(): void {
    this.source += normalize(this.heldBack);
    this.heldBack = '';
    this.isComplete = true;
  }

  /** Builds what is new until `deadlineMs` (as `performance.now()`); puts it into the document when nothing is left. */
  paint(deadlineMs: number): RemainingWork {
    const left = this.build(deadlineMs);
    if (left !== 'more') this.attach();
    return left;
  }

  private build(deadlineMs: number): RemainingWork {
    while (this.hasWork()) {
      if (this.late.isDue) this.late.rebuildNext();
      else if (!this.fence && performance.now() < this.notBeforeMs) return 'later';
      else if (this.fence) this.feedFence(this.fence);
      else this.parse();
      if (performance.now() >= deadlineMs) return this.hasWork() ? 'more' : 'nothing';
    }
    return 'nothing';
  }

  /** Puts what is built into the document. */
  attach(): void {
    this.rendered.attach();
    this.onDidAttach();
  }

  private hasWork(): boolean {
    return this.shown < this.source.length || (this.isComplete && !this.isFinal) || this.late.isDue;
  }

  private feedFence(fence: OpenFence): void {
    const end = Math.min(this.source.length, this.shown + fenceStep);
    const isLast = this.isComplete && end === this.source.length;
    const { taken, isClosed } = fence.take(this.source.slice(0, end), isLast);
    this.shown = isClosed ? taken : end;
    this.drop(taken);
    if (isLast && !isClosed && fence.nestedSource !== undefined) {
      this.readWithoutNesting(fence.nestedSource);
      return;
    }
    const isOver = isClosed || isLast;
    if (isLast && !isClosed) this.fenceBlock?.finish();
    this.rendered.settle(isOver ? 1 : 0, taken);
    if (isOver) this.fence = undefined;
    this.isFinal = isLast && this.source === '';
  }

  /** A fence that was read with nested ones in it has no end that way: it is read again, without them. */
  private readWithoutNesting(source: string): void {
    this.fence = undefined;
    this.repairsFence = false;
    this.source = source;
    this.shown = 0;
  }

  /** `least`: so much of the source was shown before and must be shown again by this step. */
  private parse(least = 0): void {
    const startedMs = performance.now();
    const lengthBefore = this.source.length;
    const end = Math.max(this.stepEnd(), least);
    const isLast = this.isComplete && end === this.source.length;
    const tail = this.tailTo(end, isLast);
    this.shown = end;
    const open = tail.blocks[tail.settledCount];
    const split = open && findSplit(tail, open);
    if (open?.tokens[0]?.type === 'fence' && tail.isDecided(open.startLine)) this.openFence(tail, open);
    else if (split) this.split(split);
    else this.show(tail, open, isLast);
    this.late.look();
    const tookMs = performance.now() - startedMs;
    const isOpenOnly = this.source.length === lengthBefore;
    if (isOpenOnly && tookMs > slowMs) this.notBeforeMs = startedMs + tookMs * restFactor;
  }

  private tailTo(end: number, isLast: boolean): UnsettledTail {
    return new UnsettledTail((this.continuation?.repeat ?? '') + this.source.slice(0, end), this.env, isLast);
  }

  /** Steps grow with what is parsed again, so that the cost of one huge block is not quadratic. */
  private stepEnd(): number {
    const limit = this.shown + Math.max(parseStep, this.shown);
    if (limit >= this.source.length) return this.source.length;
    const lineEnd = this.source.lastIndexOf('\n', limit - 1) + 1;
    return lineEnd > this.shown ? lineEnd : limit;
  }

  /** Shows the tail. Blocks before `open` are settled; all are when nothing is open. */
  private show(tail: UnsettledTail, open: Block | undefined, isLast: boolean): void {
    const shown = this.rendered.show(this.toNodes(tail.blocks));
    // Blank lines alone settle nothing: they may be the indentation of what follows.
    if (open || isLast) this.settle(tail, open, shown);
    this.isFinal = isLast;
  }

  /** Settles the first part of the open block, and shows the second at once: it was shown before the split. */
  private split({ at, repeat }: BlockSplit): void {
    const repeated = this.continuation?.repeat.length ?? 0;
    const shown = this.shown;
    const first = this.tailTo(at - repeated, true);
    const nodes = this.toNodes(first.blocks);
    const last = nodes.at(-1);
    if (last instanceof HTMLElement) markContinued(last);
    const firstNumber = last instanceof HTMLOListElement ? last.start + last.children.length : undefined;
    this.settle(first, undefined, this.rendered.show(nodes));
    this.continuation = { repeat, firstNumber };
    this.shown = 0;
    this.parse(shown - (at - repeated));
  }

  private openFence(tail: UnsettledTail, open: Block): void {
    const fresh = new CodeBlock(languageOf(open.tokens[0]?.info ?? ''), this.idle);
    const shown = this.rendered.show([
      ...this.toNodes(tail.blocks.slice(0, tail.settledCount)),
      fresh.element,
    ]);
    // A code block may be shown already, from the opening line alone: it is kept.
    const block = codeBlockOf(shown.at(-1)) ?? fresh;
    this.settle(tail, open, shown);
    const openingLine = tail.line(open.startLine);
    this.drop(openingLine.length);
    this.shown = 0;
    this.fenceBlock = block;
    this.fence = new OpenFence(block, openingLine, this.repairsFence);
    this.repairsFence = true;
  }

  private toNodes(blocks: readonly Block[]): ChildNode[] {
    const nodes = blocks.flatMap(block => createNodes(block.tokens, this.idle));
    const [first] = nodes;
    const number = this.continuation?.firstNumber;
    if (number !== undefined && first instanceof HTMLOListElement) first.start = number;
    return nodes;
  }

  /** Settles the blocks before `open`, or the whole tail; `shown` are its nodes in the document. */
  private settle(tail: UnsettledTail, open: Block | undefined, shown: readonly ChildNode[]): void {
    const length = open ? tail.offset(open.startLine) : tail.source.length;
    const count = open ? tail.settledCount : tail.blocks.length;
    const own = Math.max(0, length - (this.continuation?.repeat.length ?? 0));
    this.rendered.settle(count, own);
    tail.settleDefinitions(length);
    this.late.keep(tail.blocks.slice(0, count), shown);
    this.drop(own);
    if (count > 0) this.continuation = undefined;
  }

  /** Drops source that will not be parsed again. */
  private drop(length: number): void {
    this.source = this.source.slice(length);
    this.shown = Math.max(0, this.shown - length);
  }
}
