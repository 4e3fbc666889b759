import type { Answer } from '../../core/chat/answer';
import { MarkdownView } from './markdown/markdownView';
import { SlicedText } from './markdown/slicedText';
import type { Paintable, PaintScheduler, RemainingWork } from './paintScheduler';

/** How far an answer has come. */
export interface TextProgress {
  /** The model has finished: the text that is there is all of it. */
  readonly isEnd: boolean;
  /** The answer has ended, however it did. */
  readonly isComplete: boolean;
}

/**
 * The answer text and the reasoning of one turn, painted once per frame. New text is handed over piece by
 * piece, so that a frame costs the length of what is new and not of the whole text. A turn that is far from the
 * window shows its Markdown source as plain text, which search and screen readers can already use; it is
 * rendered when the reader comes near.
 */
export class AnswerText implements Paintable {
  /** Reasoning that is not on the page yet. */
  private reasoning: string;
  private isComplete: boolean;
  private plain: HTMLElement | undefined;
  private rich: HTMLElement | undefined;
  private markdown: MarkdownView | undefined;
  private reasoningText: SlicedText | undefined;

  constructor(
    private readonly turn: HTMLElement,
    private readonly root: HTMLElement,
    private readonly scheduler: PaintScheduler,
    answer: Answer,
  ) {
    this.reasoning = answer.reasoning;
    this.isComplete = answer.status !== 'streaming';
    if (this.isComplete && answer.text !== '') this.showPlain(answer.text);
    else this.enrich(answer.text);
    this.scheduler.paintSoon(this);
  }

  /** Adds to both texts. */
  add(text: string, reasoning: string, { isEnd, isComplete }: TextProgress): void {
    this.markdown?.append(text);
    this.reasoning += reasoning;
    this.isComplete = isComplete;
    if (isComplete) this.markdown?.complete();
    this.scheduler.paintSoon(this, isEnd);
  }

  /** Renders the Markdown: the reader is near. */
  comeNear(): void {
    if (!this.markdown) this.enrich(this.plain?.textContent ?? '');
  }

  paint(deadlineMs: number): RemainingWork {
    this.paintReasoning();
    const { markdown } = this;
    if (!markdown) return 'nothing';
    const left = markdown.paint(deadlineMs);
    if (left === 'nothing') this.swapPlain();
    return left;
  }

  attach(): void {
    this.markdown?.attach();
  }

  private enrich(text: string): void {
    this.rich = document.createElement('div');
    this.rich.className = 'rich';
    this.rich.dir = 'auto';
    this.rich.hidden = this.plain !== undefined;
    this.root.append(this.rich);
    this.markdown = new MarkdownView(this.rich, this.scheduler.idle, this.scheduler.grown);
    this.markdown.append(text);
    if (this.isComplete) this.markdown.complete();
    this.scheduler.paintSoon(this);
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
