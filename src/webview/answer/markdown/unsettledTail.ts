import type { Env } from 'markdown-it';
import { type Block, parseBlocks } from './parse';

/** A last line that may still become anything: `-` an item or the underline of a heading, two backticks a fence. */
const undecidedSigns = /^[-=*_`~> \t]+$/;
/** A last line that may become a link definition. Only the first one of a label counts: it must be complete. */
const maybeDefinition = /^[> \t]*\[(?!\^)[^\]]{0,100}(?:$|\](?:$|:))/;

/** The end of an answer that is not settled yet, parsed into blocks. */
export class UnsettledTail {
  /** The source that was parsed: without a last line that may still become anything. */
  readonly source: string;
  readonly blocks: readonly Block[];
  /** The first so many blocks will not change, whatever follows. */
  readonly settledCount: number;
  private readonly starts: readonly number[];
  /** Link definitions of the tail itself; those before it are its prototype. */
  private readonly definitions: NonNullable<Env['references']>;

  /** `isLast`: nothing follows `source`. */
  constructor(
    source: string,
    private readonly env: Env,
    private readonly isLast: boolean,
  ) {
    this.source = isLast ? source : withoutUndecided(source);
    this.definitions = Object.create(env.references ?? null);
    this.blocks = parseBlocks(this.source, { references: this.definitions, isPart: !isLast });
    this.starts = [0, ...[...this.source.matchAll(/\n/g)].map(match => match.index + 1)];
    this.settledCount = isLast
      ? this.blocks.length
      : Math.max(
          0,
          this.blocks.findLastIndex(block => this.isDecided(block.startLine)),
        );
  }

  /** Keeps the definitions in the first `length` characters for all that follows: they will not change. */
  settleDefinitions(length: number): void {
    if (Object.keys(this.definitions).length > 0) parseBlocks(this.source.slice(0, length), this.env);
  }

  /** True when line `line` (0-based) is complete: until then `2` may become `2. item` or `2 apples`. */
  isDecided(line: number): boolean {
    return this.isLast || line < this.starts.length - 1;
  }

  /** The offset at which line `line` begins. */
  offset(line: number): number {
    return this.starts[line] ?? this.source.length;
  }

  /** Line `line` with its line break. */
  line(line: number): string {
    return this.source.slice(this.offset(line), this.offset(line + 1));
  }
}

function withoutUndecided(source: string): string {
  const start = source.lastIndexOf('\n') + 1;
  const line = source.slice(start);
  return undecidedSigns.test(line) || maybeDefinition.test(line) ? source.slice(0, start) : source;
}
