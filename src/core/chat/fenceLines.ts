/** Fences of these languages hold Markdown, which may hold fences itself. */
const markdownNames = new Set(['markdown', 'md', 'mdx']);

/**
 * Follows the lines of an open code fence and tells which one closes it. Models write a Markdown file in a fence
 * that is no longer than those inside it. A fence with a language word inside cannot close the outer one, so it
 * is taken to open a nested fence, whose end does not close the outer one either.
 */
export class FenceLines {
  private readonly closing: RegExp;
  private readonly maybeFence: RegExp;
  private readonly nestedOpening: RegExp | undefined;
  private depth = 0;
  private found = false;

  /** @param marker the run of signs that opened the fence; @param language the word behind it */
  constructor(marker: string, language: string, repairs = true) {
    const run = `${marker.charAt(0)}{${marker.length},}`;
    const isNesting = repairs && marker.startsWith('`') && markdownNames.has(language.toLowerCase());
    this.closing = new RegExp(`^ {0,3}${run}[ \\t]*$`);
    this.nestedOpening = isNesting ? new RegExp(`^ {0,3}${run}[ \\t]*[^\\s\`][^\`]*$`) : undefined;
    this.maybeFence = isNesting ? /^ {0,3}(?:`.*)?$/ : new RegExp(`^ {0,3}${marker.charAt(0)}*[ \\t]*$`);
  }

  /** True when a nested fence was met: the other reading, without nesting, is possible, too. */
  get hasNested(): boolean {
    return this.found;
  }

  /** Takes the next whole line, without its line break; true when it closes the fence. */
  isClosing(line: string): boolean {
    if (this.nestedOpening?.test(line)) {
      this.depth += 1;
      this.found = true;
      return false;
    }
    if (!this.closing.test(line)) return false;
    if (this.depth === 0) return true;
    this.depth -= 1;
    return false;
  }

  /** True when an unfinished line may still become a fence. */
  mayBeFence(line: string): boolean {
    return this.maybeFence.test(line);
  }
}
