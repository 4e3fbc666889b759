import type { CodeBlock } from './codeBlock';

/**
 * A code fence that has no end yet. Its lines go straight into the block: Markdown is not parsed
 * again until the fence closes.
 */
export class OpenFence {
  private readonly indent: number;
  private readonly closing: RegExp;
  private readonly maybeClosing: RegExp;

  /** `openingLine` is the fence's first line; `position` is where the source goes on after it. */
  constructor(
    readonly block: CodeBlock,
    openingLine: string,
    private position: number,
  ) {
    const [, spaces = '', marker = '```'] = /^( *)(`{3,}|~{3,})/.exec(openingLine) ?? [];
    this.indent = spaces.length;
    const sign = marker.charAt(0);
    this.closing = new RegExp(`^ {0,3}${sign}{${marker.length},}[ \\t]*$`, 'gm');
    this.maybeClosing = new RegExp(`^ {0,3}${sign}*[ \\t]*$`);
  }

  /**
   * Takes `source` up to `end`. Gives the position after the closing line, or `undefined` while the
   * fence stays open. `isLast`: nothing will follow, so an unfinished line is what it looks like.
   */
  take(source: string, end: number, isLast: boolean): number | undefined {
    const close = this.findClosing(source, end, isLast);
    if (close) {
      this.show(source.slice(this.position, close.start));
      this.block.finish();
      return close.after;
    }
    const until = isLast ? end : this.decidedEnd(source, end);
    if (until > this.position) {
      this.show(source.slice(this.position, until));
      this.position = until;
    }
    if (isLast) this.block.finish();
    return isLast ? end : undefined;
  }

  private findClosing(
    source: string,
    end: number,
    isLast: boolean,
  ): { readonly start: number; readonly after: number } | undefined {
    this.closing.lastIndex = this.position;
    const match = this.closing.exec(source);
    if (!match || match.index >= end) return undefined;
    const lineEnd = source.indexOf('\n', match.index);
    if (lineEnd === -1 || lineEnd >= end) return isLast ? { start: match.index, after: end } : undefined;
    return { start: match.index, after: lineEnd + 1 };
  }

  /** Up to where the source is certainly code: a last line that may still become the closing one waits. */
  private decidedEnd(source: string, end: number): number {
    const lineStart = source.lastIndexOf('\n', end - 1) + 1;
    if (lineStart < this.position) return end;
    const isUndecided = this.indent > 0 || this.maybeClosing.test(source.slice(lineStart, end));
    return isUndecided ? lineStart : end;
  }

  private show(text: string): void {
    this.block.append(this.indent > 0 ? text.replace(new RegExp(`^ {1,${this.indent}}`, 'gm'), '') : text);
  }
}
