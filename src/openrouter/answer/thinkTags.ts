import { lengthOfStartAtEnd } from '../../core/base/startAtEnd';

/** What some models put around their thinking when nobody takes it out: opening and closing mark. */
const tags: readonly (readonly [open: string, close: string])[] = [
  ['<think>', '</think>'],
  ['<thinking>', '</thinking>'],
  ['<thought>', '</thought>'],
  ['<reasoning>', '</reasoning>'],
  ['<seed:think>', '</seed:think>'],
  ['[THINK]', '[/THINK]'],
  ['◁think▷', '◁/think▷'],
  ['<|channel|>analysis<|message|>', '<|end|>'],
];

/** White space beyond this before an answer is not held back. */
const longestSpace = 1000;

/** A piece of the text of an answer: of the answer itself, or of the thinking before it. */
export interface TextPiece {
  readonly type: 'text' | 'reasoning';
  readonly text: string;
}

/**
 * Takes the thinking out of an answer that begins with it, between marks. Only there: further on the same
 * marks are what the answer is about. What may become a mark is held back until it is one or is not.
 */
export class ThinkTags {
  private state: 'start' | 'thinking' | 'after' | 'answer' = 'start';
  private held = '';
  private close = '';

  push(text: string): readonly TextPiece[] {
    if (this.state === 'answer') return pieces('text', text);
    this.held += text;
    if (this.state === 'start') return this.begin();
    return this.state === 'thinking' ? this.think() : this.goOn();
  }

  /** What was held back when no more text comes. */
  end(): readonly TextPiece[] {
    const { held } = this;
    this.held = '';
    // A mark that was never finished is text; white space after the thinking is no answer.
    return pieces(this.state === 'thinking' ? 'reasoning' : 'text', this.state === 'after' ? '' : held);
  }

  private begin(): readonly TextPiece[] {
    const start = this.held.trimStart();
    const tag = tags.find(([open]) => start.startsWith(open));
    if (tag) {
      this.state = 'thinking';
      this.close = tag[1];
      this.held = start.slice(tag[0].length);
      return this.think();
    }
    if (this.held.length < longestSpace && tags.some(([open]) => open.startsWith(start))) return [];
    this.state = 'answer';
    return this.release('text');
  }

  private think(): readonly TextPiece[] {
    const end = this.held.indexOf(this.close);
    if (end === -1) {
      const safe = this.held.length - lengthOfStartAtEnd(this.held, this.close);
      const thought = this.held.slice(0, safe);
      this.held = this.held.slice(safe);
      return pieces('reasoning', thought);
    }
    const thought = this.held.slice(0, end);
    this.held = this.held.slice(end + this.close.length);
    this.state = 'after';
    return [...pieces('reasoning', thought), ...this.goOn()];
  }

  /** The line breaks between thinking and answer belong to neither. */
  private goOn(): readonly TextPiece[] {
    this.held = this.held.trimStart();
    if (this.held === '') return [];
    this.state = 'answer';
    return this.release('text');
  }

  private release(type: TextPiece['type']): readonly TextPiece[] {
    const { held } = this;
    this.held = '';
    return pieces(type, held);
  }
}

function pieces(type: TextPiece['type'], text: string): readonly TextPiece[] {
  return text === '' ? [] : [{ type, text }];
}
