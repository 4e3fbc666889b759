import { introductionLength } from './introduction';
import { type OpenFence, openFenceOf } from './openFence';
import { ReopenedFence } from './reopenedFence';
import { type Caution, repeatedLength } from './repeated';

export interface SeamOptions {
  readonly caution: Caution;
  /** So many UTF-16 units at the end of the text were not sent: the model says them again. */
  readonly unsentLength?: number;
}

/** What is done where a continuation meets the text before it. */
interface Joint {
  /** So much of the continuation is left out: what is there already, or is no part of the answer. */
  readonly drop: number;
  /** What the continuation lacks before it. */
  readonly insert: string;
}

/** The start of an answer of which it is not decided yet how it joins. */
type Decision = Joint | 'wait';

/** More text than this is not held back. */
const longestHead = 24_000;
const shortestEcho = 8;
/** So many units tell whether a heading, a list or a table begins. */
const shortestBlockMark = 8;

/**
 * Joins a continuation to the text that was cut off. It holds the first words back until it is known which of them
 * the text has already; what comes after them passes through. It only ever adds to the text before.
 */
export class Seam {
  private head = '';
  /** What the continuation has added so far. */
  private added = '';
  private isJoined = false;
  private isFinished = false;
  private readonly fence: OpenFence | undefined;
  private readonly reopened: ReopenedFence | undefined;

  constructor(
    private readonly before: string,
    private readonly options: SeamOptions,
  ) {
    this.fence = openFenceOf(before);
    this.reopened = this.fence && new ReopenedFence(before, this.fence, options.caution);
    this.isJoined = before === '';
  }

  /** What `text`, the next piece of the continuation, adds to the answer. */
  push(text: string): string {
    if (this.isJoined) return this.add(text);
    this.head += text;
    const isTooLong = this.head.length > longestHead;
    if (this.reopened?.needsLine && !text.includes('\n') && !isTooLong) return '';
    return this.join(isTooLong);
  }

  /**
   * The continuation is over: what was held back and adds to the answer. `isFinished`: the model has ended its answer
   * itself, so that no code may go on behind it, and a fence that is open still is closed.
   */
  end(isFinished = true): string {
    if (this.isFinished) return '';
    this.isFinished = isFinished;
    const last = this.isJoined ? '' : this.join(true);
    return isFinished ? last + this.add(this.closing()) : last;
  }

  private add(text: string): string {
    this.added += text;
    return text;
  }

  private closing(): string {
    const text = this.before + this.added;
    const open = this.added === '' ? undefined : openFenceOf(text);
    return open ? `${text.endsWith('\n') ? '' : '\n'}${open.marker}` : '';
  }

  private join(isWhole: boolean): string {
    const decision = this.decide(isWhole);
    if (decision === 'wait') return '';
    this.isJoined = true;
    return this.add(decision.insert + this.head.slice(decision.drop));
  }

  private decide(isWhole: boolean): Decision {
    const { head, before, options } = this;
    const echo = this.echoed(isWhole);
    if (echo === 'wait') return echo;
    if (echo > 0) return { drop: echo, insert: '' };
    const unsent = sameLength(head, before.slice(before.length - (options.unsentLength ?? 0)));
    if (unsent === head.length && !isWhole) return 'wait';
    if (unsent > 0) return { drop: unsent, insert: '' };
    const introduction = introductionLength(head, isWhole);
    if (introduction === 'wait') return 'wait';
    const told = { isIntroduced: introduction > 0, isWhole, isFinished: this.isFinished };
    const fence = this.reopened?.length(head.slice(introduction), told) ?? 0;
    if (fence === 'wait') return 'wait';
    const start = introduction + fence;
    const repeated = repeatedLength(before, head.slice(start), options.caution, isWhole);
    if (repeated === 'wait') return 'wait';
    const drop = start + repeated;
    const isShort = head.length - drop < shortestBlockMark && !head.includes('\n', drop);
    if (introduction > 0 && isShort && !isWhole) return 'wait';
    return { drop, insert: repeated > 0 ? '' : this.missing(head.slice(drop), introduction > 0) };
  }

  /** Some servers give back the text they were to go on from. */
  private echoed(isWhole: boolean): number | 'wait' {
    const { head, before, options } = this;
    if (options.caution !== 'prefilled' || before.length < shortestEcho) return 0;
    const sent = before.slice(0, before.length - (options.unsentLength ?? 0));
    if (head.startsWith(sent)) {
      const more = sameLength(head.slice(sent.length), before.slice(sent.length));
      return sent.length + more < head.length || isWhole ? sent.length + more : 'wait';
    }
    return !isWhole && sent.startsWith(head) ? 'wait' : 0;
  }

  /** What must stand between the text and `rest` so that a fence stays one, and a line begins where it should. */
  private missing(rest: string, isIntroduced: boolean): string {
    const { before, fence } = this;
    if (/\n[ \t]*$/.test(before) || before === '' || rest.startsWith('\n')) return '';
    if (fence && !fence.isOpening) {
      const isClosing = new RegExp(`^${fence.marker.charAt(0)}{${fence.marker.length},}[ \\t]*(?:\\n|$)`);
      return isClosing.test(rest) ? '\n' : '';
    }
    if (!fence && /^(?:`{3,}|~{3,})[^`\n]*\n/.test(rest)) return '\n\n';
    if (!isIntroduced || fence) return '';
    if (/^#{1,6} /.test(rest)) return '\n\n';
    if (/[.:!?)`*|]$/.test(before) && /^(?:[-*+>] |\d+[.)] |\|)/.test(rest)) return '\n';
    return /[.,;:!?]$/.test(before) && /^[\p{L}\p{N}]/u.test(rest) ? ' ' : '';
  }
}

/** How many units `text` and `other` have in common at their start. */
function sameLength(text: string, other: string): number {
  let length = 0;
  while (length < other.length && length < text.length && text[length] === other[length]) length++;
  return length;
}
