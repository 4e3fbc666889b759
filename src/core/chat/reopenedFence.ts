import { fenceWord, followFences, holdsFences, type OpenFence } from './openFence';
import { type Caution, repeatedLength } from './repeated';

/** Shorter starts can still become a fence. */
const shortestFence = 24;
const markdown = /^(?:markdown|md|mdx)$/i;

/** What is known of the continuation. */
interface Told {
  /** Small talk came first. */
  readonly isIntroduced: boolean;
  /** No more text comes. */
  readonly isWhole: boolean;
  /** The model has ended its answer itself. */
  readonly isFinished: boolean;
}

/** A fence without a word that a continuation begins with, the white space before it, and the text behind its line. */
interface BareFence {
  readonly blank: string;
  readonly line: string;
  readonly rest: string;
}

/** The start of a continuation within a code fence: some models open the fence again. */
export class ReopenedFence {
  /** Only a further line can tell how a fence is to be read. */
  needsLine = false;

  constructor(
    private readonly before: string,
    private readonly fence: OpenFence,
    private readonly caution: Caution,
  ) {}

  /** How much of `text`, the start of a continuation, opens the fence again that is open already. */
  length(text: string, told: Told): number | 'wait' {
    const { fence } = this;
    this.needsLine = false;
    if (fence.isOpening) return 0;
    const match = /^(\s*)([`~]{3,}[^\n]*)(\n|$)/.exec(text);
    if (!match) return !told.isWhole && /^\s*[`~]*$/.test(text) && text.length < shortestFence ? 'wait' : 0;
    const [whole, blank = '', line = '', end] = match;
    if (end === '' && !told.isWhole) return 'wait';
    const word = fenceWord(line);
    if (word === undefined) return 0;
    // A file of Markdown in a fence has fences of its own.
    if (word !== '')
      return holdsFences(fence) && !told.isIntroduced && !markdown.test(word) ? 0 : whole.length;
    const isAgain = this.isOpenedAgain({ blank, line, rest: text.slice(whole.length) }, told);
    return isAgain === 'wait' ? 'wait' : isAgain ? whole.length : 0;
  }

  /** Whether a fence without a word opens the fence again; else it closes it. */
  private isOpenedAgain(start: BareFence, told: Told): 'wait' | boolean {
    const { before, caution } = this;
    const { isWhole, isIntroduced } = told;
    const { rest } = start;
    // The first signs of the fence that closes stand there.
    const begun = /(?:^|\n)[ \t>]*([`~]{1,2})$/.exec(before)?.[1] ?? '';
    if (begun !== '') {
      const isRestNext = this.isRestNext(rest, begun.length, isWhole);
      if (isRestNext !== false) return isRestNext;
    }
    // Whoever goes on from the text itself opens nothing again.
    if (caution === 'prefilled' && !isIntroduced) return false;
    const repeated = repeatedLength(before, rest, caution, isWhole);
    if (repeated === 'wait') return 'wait';
    // The line that opened it is said again, too.
    if (/^[`~]{3}/m.test(rest.slice(0, repeated))) return true;
    const isAgain = this.readByNext(start, begun, told);
    if (isAgain !== undefined) return isAgain;
    this.needsLine = !isWhole;
    if (!isWhole) return 'wait';
    return begun === '' && this.isLikelyOpenedAgain(start, isIntroduced);
  }

  private isRestNext(rest: string, begun: number, isWhole: boolean): 'wait' | boolean {
    const [line = '', end] = rest.split('\n', 2);
    if (end === undefined && !isWhole && line.length < shortestFence) return 'wait';
    return line.trim() === this.fence.marker.slice(begun);
  }

  /**
   * What the fences in `rest` tell, which stand right only one way: a fence with a word opens one, so that none is open
   * before it; and none is open when a model has finished. Undefined when nothing tells so far.
   */
  private readByNext({ line, rest }: BareFence, begun: string, told: Told): boolean | undefined {
    const { marker, language } = this.fence;
    // A line that is not whole may become anything.
    const lines = told.isWhole ? rest : rest.slice(0, rest.lastIndexOf('\n') + 1);
    const closed = followFences(`${marker}${language}\n${line.trim()}\n${lines}`);
    const openedAgain = followFences(`${marker}${language}\n${begun}${lines}`);
    if (closed.isMisread !== openedAgain.isMisread) return closed.isMisread;
    const isEither = (closed.open === undefined) === (openedAgain.open === undefined);
    return told.isFinished && !isEither ? closed.open !== undefined : undefined;
  }

  /** What is likely where the text was cut off before anything told. */
  private isLikelyOpenedAgain({ blank, rest }: BareFence, isIntroduced: boolean): boolean {
    const next = rest.charAt(0);
    // An empty line follows one that closes.
    if (isIntroduced && next.trim() !== '') return true;
    // Where fences have no word, one that closes begins a line, and an empty line follows it.
    const isAtLineStart = /\n[ \t>]*$/.test(this.before) || /^[ \t]*\n/.test(blank);
    if (this.fence.language === '' && (!isAtLineStart || /\S|[ \t]/.test(next))) return true;
    // It closes the open one, unless what stands last follows once more.
    return repeatedLength(this.before, rest, 'instructed', true) !== 0;
  }
}
