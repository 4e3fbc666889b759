import { FenceLines } from '../../../core/chat/fenceLines';
import type { CodeBlock } from './codeBlock';
import { withoutIndent } from './indent';

/** What {@link OpenFence.take} did. */
export interface TakenCode {
  /** How much of the text was used up. */
  readonly taken: number;
  readonly isClosed: boolean;
}

/**
 * A code fence that is not closed yet. Its lines are added to the code block directly: the Markdown parser does
 * not run again until the fence closes.
 */
export class OpenFence {
  private readonly indent: number;
  private readonly lines: FenceLines;
  private isAtLineStart = true;
  private raw = '';

  /** `openingLine` is the first line of the fence; {@link take} is given what follows it. */
  constructor(
    private readonly block: CodeBlock,
    private readonly openingLine: string,
    repairs: boolean,
  ) {
    const [, spaces = '', marker = '```'] = /^( *)(`{3,}|~{3,})/.exec(openingLine) ?? [];
    this.indent = spaces.length;
    this.lines = new FenceLines(marker, block.language, repairs);
  }

  /** The source of the fence, when it was read with nested fences in it; else undefined. */
  get nestedSource(): string | undefined {
    return this.lines.hasNested ? this.openingLine + this.raw : undefined;
  }

  /** Adds to the block what is certainly code. `isLast`: nothing follows, so that a last line is complete. */
  take(text: string, isLast: boolean): TakenCode {
    let at = 0;
    while (at < text.length) {
      const lineBreak = text.indexOf('\n', at);
      const isWhole = lineBreak !== -1 || isLast;
      const line = text.slice(at, lineBreak === -1 ? text.length : lineBreak);
      // A line whose indentation is to be removed is taken as a whole.
      if (!isWhole && this.isAtLineStart && (this.indent > 0 || this.lines.mayBeFence(line))) break;
      const next = lineBreak === -1 ? text.length : lineBreak + 1;
      if (this.isAtLineStart && this.lines.isClosing(line)) {
        this.show(text.slice(0, at));
        this.block.finish();
        return { taken: next, isClosed: true };
      }
      this.isAtLineStart = lineBreak !== -1;
      at = next;
    }
    this.show(text.slice(0, at));
    return { taken: at, isClosed: false };
  }

  private show(text: string): void {
    this.raw += text;
    this.block.append(this.indent > 0 ? withoutIndent(text, this.indent) : text);
  }
}
