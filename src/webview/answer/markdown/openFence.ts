import type { CodeBlock } from './codeBlock';

/**
 * A code fence that is not closed yet. Its lines are added to the code block directly: the Markdown parser does
 * not run again until the fence closes.
 */
export class OpenFence {
  private readonly indent: number;
  private readonly closing: RegExp;
  private readonly maybeClosing: RegExp;
  private isAtLineStart = true;

  /** `openingLine` is the first line of the fence; {@link take} is given what follows it. */
  constructor(
    private readonly block: CodeBlock,
    openingLine: string,
  ) {
    const [, spaces = '', marker = '```'] = /^( *)(`{3,}|~{3,})/.exec(openingLine) ?? [];
    this.indent = spaces.length;
    const sign = marker.charAt(0);
    this.closing = new RegExp(`^ {0,3}${sign}{${marker.length},}[ \\t]*$`, 'gm');
    this.maybeClosing = new RegExp(`^ {0,3}${sign}*[ \\t]*$`);
  }

  /**
   * Adds to the block what is certainly code, and says how much of `text` was used up and whether the fence
   * closed. `isLast`: nothing follows, so that an unfinished last line is complete.
   */
  take(text: string, isLast: boolean): { readonly taken: number; readonly isClosed: boolean } {
    const closing = this.findClosing(text, isLast);
    const until = closing?.start ?? (isLast ? text.length : this.decidedEnd(text));
    this.show(text.slice(0, until));
    if (until > 0) this.isAtLineStart = text[until - 1] === '\n';
    const isClosed = closing !== undefined || isLast;
    if (isClosed) this.block.finish();
    return { taken: closing?.after ?? until, isClosed };
  }

  private findClosing(
    text: string,
    isLast: boolean,
  ): { readonly start: number; readonly after: number } | undefined {
    const firstLine = this.isAtLineStart ? 0 : text.indexOf('\n') + 1;
    if (firstLine === 0 && !this.isAtLineStart) return undefined;
    this.closing.lastIndex = firstLine;
    const match = this.closing.exec(text);
    if (!match) return undefined;
    const lineEnd = text.indexOf('\n', match.index);
    if (lineEnd !== -1) return { start: match.index, after: lineEnd + 1 };
    return isLast ? { start: match.index, after: text.length } : undefined;
  }

  /** Up to where `text` is certainly code: a last line that may still become the closing fence has to wait. */
  private decidedEnd(text: string): number {
    const lineStart = text.lastIndexOf('\n') + 1;
    if (lineStart === 0 && !this.isAtLineStart) return text.length;
    const isUndecided = this.indent > 0 || this.maybeClosing.test(text.slice(lineStart));
    return isUndecided ? lineStart : text.length;
  }

  private show(text: string): void {
    this.block.append(this.indent > 0 ? text.replace(new RegExp(`^ {1,${this.indent}}`, 'gm'), '') : text);
  }
}
