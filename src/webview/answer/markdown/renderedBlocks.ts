import { codeBlockOf } from './codeBlock';
import { morph } from './morph';

/** Blocks are grouped into chunks of about this much source: the browser skips the layout of chunks far away. */
const chunkChars = 1_500;

/**
 * The elements of one answer's blocks: settled ones, then open ones, which may still change. New chunks enter
 * the document only in {@link attach}: building them before that costs no layout.
 */
export class RenderedBlocks {
  private readonly waiting: HTMLElement[] = [];
  private chunk: HTMLElement | undefined;
  private chunkLength = 0;
  private open: ChildNode[] = [];

  constructor(private readonly root: HTMLElement) {}

  /** Replaces the open blocks by `nodes`. Returns the nodes now in place: old ones are reused where they can be. */
  show(nodes: readonly ChildNode[]): readonly ChildNode[] {
    const shown = nodes.map((node, index) => {
      const old = this.open[index];
      if (old) return morph(old, node);
      this.currentChunk().append(node);
      return node;
    });
    for (const old of this.open.slice(nodes.length)) old.remove();
    this.open = shown;
    return shown;
  }

  /** The first `count` open blocks, of `length` characters of source, will not change any more. */
  settle(count: number, length: number): void {
    this.chunkLength += length;
    if (count === 0) return;
    this.open = this.open.slice(count);
    if (this.chunkLength < chunkChars) return;
    this.chunk?.classList.add('is-settled');
    this.chunk = undefined;
    this.chunkLength = 0;
    if (this.open.length > 0) this.currentChunk().append(...this.open);
  }

  /** Puts everything that was built into the document. */
  attach(): void {
    const chunks = this.waiting.splice(0);
    this.root.append(...chunks);
    for (const code of chunks.flatMap(chunk => [...chunk.querySelectorAll('[data-part="code"]')]))
      codeBlockOf(code)?.wake();
  }

  private currentChunk(): HTMLElement {
    if (!this.chunk) {
      this.chunk = document.createElement('div');
      this.chunk.className = 'chunk';
      this.waiting.push(this.chunk);
    }
    return this.chunk;
  }
}
