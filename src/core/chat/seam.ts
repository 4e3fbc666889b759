import { fenceWord, holdsFences, type OpenFence, openFenceOf } from './openFence';
import { type Caution, findRepetition } from './repeated';

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
/** Shorter starts can still become an introduction. */
const shortestHead = 24;
const shortestEcho = 8;
const longestIntroduction = 240;
/** So many units tell whether a heading, a list or a table begins. */
const shortestBlockMark = 8;

/**
 * Joins a continuation to the text that was cut off. It holds the first words back until it is known which of them
 * the text has already; what comes after them passes through. It only ever adds to the text before.
 */
export class Seam {
  private head = '';
  private isJoined = false;
  private readonly fence: OpenFence | undefined;

  constructor(
    private readonly before: string,
    private readonly options: SeamOptions,
  ) {
    this.fence = openFenceOf(before);
    this.isJoined = before === '';
  }

  /** What `text`, the next piece of the continuation, adds to the answer. */
  push(text: string): string {
    if (this.isJoined) return text;
    this.head += text;
    return this.join(this.head.length > longestHead);
  }

  /** The continuation is over: what was held back and adds to the answer. */
  end(): string {
    return this.isJoined ? '' : this.join(true);
  }

  private join(isWhole: boolean): string {
    const decision = this.decide(isWhole);
    if (decision === 'wait') return '';
    this.isJoined = true;
    return decision.insert + this.head.slice(decision.drop);
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
    const fence = this.reopenedLength(head.slice(introduction), introduction > 0, isWhole);
    if (fence === 'wait') return 'wait';
    const start = introduction + fence;
    const repeated = this.repeatedLength(head.slice(start), isWhole);
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

  /** How much of `text` opens the fence again that is open already. */
  private reopenedLength(text: string, isIntroduced: boolean, isWhole: boolean): number | 'wait' {
    const { fence, before } = this;
    if (!fence || fence.isOpening) return 0;
    const match = /^\s*([`~]{3,}[^\n]*)(\n|$)/.exec(text);
    if (!match) return !isWhole && /^\s*[`~]*$/.test(text) && text.length < shortestHead ? 'wait' : 0;
    const [whole, line = '', end] = match;
    if (end === '' && !isWhole) return 'wait';
    const word = fenceWord(line);
    if (word === undefined) return 0;
    if (word !== '') {
      // A file of Markdown in a fence has fences of its own.
      return holdsFences(fence) && !isIntroduced && !/^(?:markdown|md|mdx)$/i.test(word) ? 0 : whole.length;
    }
    const begun = /(?:^|\n)[ \t>]*([`~]{1,2})$/.exec(before)?.[1]?.length;
    if (begun !== undefined) {
      const isRestNext = this.isRestNext(text.slice(whole.length), begun, isWhole);
      return isRestNext === 'wait' ? 'wait' : isRestNext ? whole.length : 0;
    }
    const next = text.charAt(whole.length);
    if (next === '' && !isWhole) return 'wait';
    // An empty line follows one that closes.
    if (isIntroduced && next.trim() !== '') return whole.length;
    // Where fences have no word, one that closes begins a line, and an empty line follows it.
    const isAtLineStart = /\n[ \t>]*$/.test(before) || /^[ \t]*\n/.test(text);
    if (fence.language === '' && (!isAtLineStart || /\S|[ \t]/.test(next))) return whole.length;
    // A fence without a word closes the open one, unless what stands last follows once more.
    const repetition = findRepetition(before, text.slice(whole.length), 'instructed', isWhole);
    if (repetition.isOpen) return 'wait';
    return repetition.length > 0 ? whole.length : 0;
  }

  /**
   * The first signs of a fence stand there: a whole fence that comes was opened again when the rest of the signs
   * follows; else it is the fence itself.
   */
  private isRestNext(text: string, begun: number, isWhole: boolean): 'wait' | boolean {
    const { marker = '```' } = this.fence ?? {};
    const [line = '', end] = text.split('\n', 2);
    if (end === undefined && !isWhole && line.length < shortestHead) return 'wait';
    return line.trim() === marker.slice(begun);
  }

  private repeatedLength(text: string, isWhole: boolean): number | 'wait' {
    const blank = /^\s*\n\s*/.exec(text)?.[0].length ?? 0;
    const starts = blank > 0 && blank < text.length ? [0, blank] : [0];
    let longest = 0;
    for (const start of starts) {
      const { length, isOpen } = findRepetition(
        this.before,
        text.slice(start),
        this.options.caution,
        isWhole,
      );
      if (isOpen) return 'wait';
      if (length > 0) longest = Math.max(longest, start + length);
    }
    return longest;
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

const opener =
  /^[\s*_([]*(?:sure|certainly|of course|okay|ok|absolutely|understood|got it|continu\w*|here(?:'s|’s| is| are| you go)|apologies|sorry|i(?:'ll|’ll| will)|picking up|resuming|let me|let's|let’s|the (?:rest|remain\w*|continuation))\b/i;
const aboutGoingOn = /continu|left off|stopp|cut off|rest of|the rest|remain|resum|picking up|interrupt/i;
const bareOpener =
  /^\s*(?:sure|certainly|of course|okay|ok|absolutely|understood|got it|here you go)[^\n]{0,40}[:.!]\s*$/i;

/** How much of `text` is talk about going on, before the answer itself goes on. */
function introductionLength(text: string, isWhole: boolean): number | 'wait' {
  const [, line = '', breaks = ''] = /^(\s*[^\n]*)(\n*)/.exec(text) ?? [];
  const isOpener = opener.test(line);
  if (!isWhole && breaks === '') {
    if (line.trimStart().length < shortestHead && /^\s*[*_([]*\p{Lu}?[\p{L}'’ ]*$/u.test(line)) return 'wait';
    if (isOpener && line.length < longestIntroduction) return 'wait';
  }
  // More line breaks may follow.
  if (!isWhole && isOpener && line.length + breaks.length === text.length && breaks.length < 3) return 'wait';
  if (!isOpener || breaks === '' || line.length > longestIntroduction) return 0;
  const isTalk = /^\s*[\p{Lu}*_([]/u.test(line) && (bareOpener.test(line) || /[:.…!)*_\]-]\s*$/.test(line));
  if (!isTalk || !(bareOpener.test(line) || aboutGoingOn.test(line))) return 0;
  // What stands between the talk and the answer is one empty line.
  return line.length + Math.min(2, breaks.length);
}
