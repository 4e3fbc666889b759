import { codeBlockOf } from './codeBlock';
import { morph } from './morph';

/** Blocks are kept in chunks of about this much source: what is far away is then skipped in layout. */
const chunkChars = 1_500;

/**
 * The blocks of one answer: settled ones, then those that may still change. New chunks come onto the page
 * with {@link attach}: what is built before costs no layout.
 */
export class BlockShelf {
  private readonly waiting: HTMLElement[] = [];
  private chunk: HTMLElement | undefined;
  private chunkLength = 0;
  private open: ChildNode[] = [];

  constructor(private readonly root: HTMLElement) {}

  /** Shows `nodes` in place of the open blocks. Gives what stands there: older nodes made to look like them. */
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

  /** Puts everything that was built onto the page. */
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
