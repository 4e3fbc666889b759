import type { Answer } from '../../core/chat/answer';
import { MarkdownView } from './markdown/markdownView';
import { SlicedText } from './markdown/slicedText';
import type { PageWork, Paintable } from './pageWork';

/**
 * The long texts of one turn, painted in frames. A turn that is far away shows its Markdown as plain
 * text, so that finding and reading aloud work there too; it becomes rich when the reader comes near.
 */
export class AnswerText implements Paintable {
  private answer: Answer;
  private plain: HTMLElement | undefined;
  private rich: HTMLElement | undefined;
  private markdown: MarkdownView | undefined;
  private reasoning: SlicedText | undefined;
  private reasoningShown = 0;

  constructor(
    private readonly turn: HTMLElement,
    private readonly root: HTMLElement,
    private readonly work: PageWork,
    answer: Answer,
  ) {
    this.answer = answer;
    if (answer.status !== 'streaming' && answer.text !== '') this.showPlain();
    else this.enrich();
  }

  /** Shows `answer`; its texts must begin with the ones shown. */
  update(answer: Answer): void {
    this.answer = answer;
    this.work.paintSoon(this);
  }

  /** Makes the Markdown rich: the reader is near. */
  enrich(): void {
    if (this.markdown) return;
    this.rich = document.createElement('div');
    this.rich.className = 'rich';
    this.rich.dir = 'auto';
    this.rich.hidden = this.plain !== undefined;
    this.root.append(this.rich);
    this.markdown = new MarkdownView(this.rich, this.work.idle);
    this.work.paintSoon(this);
  }

  paint(deadlineMs: number): boolean {
    this.paintReasoning();
    const { answer, markdown } = this;
    if (!markdown) return false;
    markdown.update(answer.text, answer.status !== 'streaming');
    const isMore = markdown.paint(deadlineMs);
    if (!isMore) this.swapPlain();
    return isMore;
  }

  private showPlain(): void {
    this.plain = document.createElement('div');
    this.plain.className = 'plain';
    this.plain.dir = 'auto';
    this.plain.textContent = this.answer.text;
    this.root.append(this.plain);
  }

  private swapPlain(): void {
    this.plain?.remove();
    this.plain = undefined;
    if (this.rich) this.rich.hidden = false;
  }

  private paintReasoning(): void {
    const { reasoning } = this.answer;
    if (reasoning.length === this.reasoningShown) return;
    if (!this.reasoning) {
      const body = this.turn.querySelector<HTMLElement>('.reasoning-body');
      if (!body) return;
      this.reasoning = new SlicedText(body);
    }
    this.reasoning.append(reasoning.slice(this.reasoningShown));
    this.reasoningShown = reasoning.length;
  }
}
