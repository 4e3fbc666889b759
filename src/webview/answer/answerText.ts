import type { Answer } from '../../core/chat/answer';
import { MarkdownView } from './markdown/markdownView';
import { SlicedText } from './markdown/slicedText';
import type { Left, PageWork, Paintable } from './pageWork';

/**
 * The long texts of one turn, painted in frames. They are given piece by piece, for taking a long
 * text apart again in every frame would cost its whole length. A turn that is far away shows its
 * Markdown as plain text, so that finding and reading aloud work there too; it becomes rich when the
 * reader comes near.
 */
export class AnswerText implements Paintable {
  /** Not on the page yet. */
  private reasoning: string;
  private isComplete: boolean;
  private plain: HTMLElement | undefined;
  private rich: HTMLElement | undefined;
  private markdown: MarkdownView | undefined;
  private reasoningText: SlicedText | undefined;

  constructor(
    private readonly turn: HTMLElement,
    private readonly root: HTMLElement,
    private readonly work: PageWork,
    answer: Answer,
  ) {
    this.reasoning = answer.reasoning;
    this.isComplete = answer.status !== 'streaming';
    if (this.isComplete && answer.text !== '') this.showPlain(answer.text);
    else this.enrich(answer.text);
    this.work.paintSoon(this);
  }

  /** Both texts grow; `isComplete` says that they will not any more. */
  add(text: string, reasoning: string, isComplete: boolean): void {
    this.markdown?.append(text);
    this.reasoning += reasoning;
    this.isComplete = isComplete;
    if (isComplete) this.markdown?.complete();
    this.work.paintSoon(this);
  }

  /** Makes the Markdown rich: the reader is near. */
  comeNear(): void {
    if (!this.markdown) this.enrich(this.plain?.textContent ?? '');
  }

  paint(deadlineMs: number): Left {
    this.paintReasoning();
    const { markdown } = this;
    if (!markdown) return 'nothing';
    const left = markdown.paint(deadlineMs);
    if (left === 'nothing') this.swapPlain();
    return left;
  }

  private enrich(text: string): void {
    this.rich = document.createElement('div');
    this.rich.className = 'rich';
    this.rich.dir = 'auto';
    this.rich.hidden = this.plain !== undefined;
    this.root.append(this.rich);
    this.markdown = new MarkdownView(this.rich, this.work.idle, this.work.grown);
    this.markdown.append(text);
    if (this.isComplete) this.markdown.complete();
    this.work.paintSoon(this);
  }

  private showPlain(text: string): void {
    this.plain = document.createElement('div');
    this.plain.className = 'plain';
    this.plain.dir = 'auto';
    this.plain.textContent = text;
    this.root.append(this.plain);
  }

  private swapPlain(): void {
    this.plain?.remove();
    this.plain = undefined;
    if (this.rich) this.rich.hidden = false;
  }

  private paintReasoning(): void {
    if (this.reasoning === '') return;
    if (!this.reasoningText) {
      const body = this.turn.querySelector<HTMLElement>('.reasoning-body');
      if (!body) return;
      this.reasoningText = new SlicedText(body);
    }
    this.reasoningText.append(this.reasoning);
    this.reasoning = '';
  }
}
