import { html, LitElement } from 'lit';
import type { Answer } from '../../core/chat/answer';
import { describeFailure } from '../../core/chat/failureText';

/** Counts down the wait before the next try. Screen readers are told of it once, by the page. */
export class RetryNotice extends LitElement {
  static override readonly properties = {
    retry: { attribute: false },
    model: {},
    secondsLeft: { state: true },
  };
  declare retry: Answer['retry'];
  declare model: string;
  declare secondsLeft: number;
  private timer: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(this.tick, 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override willUpdate(): void {
    this.tick();
  }

  private readonly tick = (): void => {
    const { retry } = this;
    if (retry) this.secondsLeft = Math.max(0, Math.ceil((retry.atMs + retry.delayMs - Date.now()) / 1000));
  };

  protected override render(): unknown {
    const { retry, secondsLeft } = this;
    if (!retry) return '';
    return html`<div dir="auto">${describeFailure(retry.failure, this.model).sentence}</div>
      <div class="retry-when">Trying again ${
        secondsLeft > 0
          ? html`in <span data-part="countdown" data-value=${secondsLeft}>${secondsLeft} s</span>`
          : 'now'
      } (try ${retry.attempt})</div>`;
  }
}
