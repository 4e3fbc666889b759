import type { Turn } from '../../core/chat/conversation';
import type { ContextItem } from '../context/contextList';
import { ComposerEstimate, type DraftEstimate, type EstimateDraft } from './composerEstimate';

/** What was typed and not sent: in the panel's composer, with its estimate, and in the boxes of commands. */
export class Drafts {
  private readonly estimating: ComposerEstimate;
  private readonly prompts = new Map<string, string>();
  private typed = '';

  /** `onDidEstimate` hears of a new estimate. */
  constructor(
    private readonly estimateDraft: EstimateDraft,
    onDidEstimate: () => void,
    onError: (error: unknown) => void,
  ) {
    this.estimating = new ComposerEstimate(estimateDraft, onDidEstimate, onError);
  }

  /** The composer's text. */
  get text(): string {
    return this.typed;
  }

  set text(text: string) {
    this.typed = text;
  }

  /** What the composer says of its text. */
  get estimate(): DraftEstimate {
    return this.estimating.current;
  }

  /** Estimates the composer's text anew, to be sent after `history`. */
  updateEstimate(history: readonly Turn[], items: readonly ContextItem[]): void {
    this.estimating.update(this.typed, history, items);
  }

  /** What is to be said of `text`, which may not be the composer's any more. */
  estimateNow(
    text: string,
    history: readonly Turn[],
    items: readonly ContextItem[],
  ): Promise<DraftEstimate | undefined> {
    return this.estimateDraft(text, history, items);
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
