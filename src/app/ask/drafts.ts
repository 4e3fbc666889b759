import type { Turn } from '../../core/chat/conversation';
import { ComposerEstimate, type EstimateDraft } from './composerEstimate';

/** What is said of the composer's text while it is typed. */
export interface DraftTexts {
  readonly estimate: EstimateDraft;
  /** How the limit per answer would be kept. */
  readonly cap: EstimateDraft;
}

/** What was typed and not sent: in the panel's composer, with its estimate, and in the boxes of commands. */
export class Drafts {
  private readonly estimating: ComposerEstimate;
  private readonly capping: ComposerEstimate;
  private readonly prompts = new Map<string, string>();
  private typed = '';

  /** `onDidEstimate` hears of a new estimate. */
  constructor(texts: DraftTexts, onDidEstimate: () => void, onError: (error: unknown) => void) {
    this.estimating = new ComposerEstimate(texts.estimate, onDidEstimate, onError);
    this.capping = new ComposerEstimate(texts.cap, onDidEstimate, onError);
  }

  /** The composer's text. */
  get text(): string {
    return this.typed;
  }

  set text(text: string) {
    this.typed = text;
  }

  /** What the composer's text would cost, ready to show; undefined while nothing is typed. */
  get estimate(): string | undefined {
    return this.estimating.text;
  }

  /** How the limit per answer would be kept, ready to show; undefined when there is nothing to say. */
  get capNote(): string | undefined {
    return this.capping.text;
  }

  /** Estimates the composer's text anew, to be sent after `history`. */
  updateEstimate(history: readonly Turn[]): void {
    this.estimating.update(this.typed, history);
    this.capping.update(this.typed, history);
  }

  /** What was typed for `action` into a box of VS Code. */
  prompt(action: string): string {
    return this.prompts.get(action) ?? '';
  }

  keepPrompt(action: string, text: string): void {
    this.prompts.set(action, text);
  }

  /** Puts a question that was not sent back into the composer, below what was typed since. */
  putBack(text: string): void {
    this.typed = this.typed === '' ? text : `${this.typed}\n\n${text}`;
  }
}
