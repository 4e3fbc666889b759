import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { ComposerState, FromAnswerPage } from '../../protocol/answerMessages';
import { icons } from '../shared/icons';
import { announce, postToHost } from '../shared/pageEvents';
import { earlierTurns } from './sentView';

/** Short: the page may be closed at any time, and only the host keeps the draft. */
const draftDelayMs = 150;

/** Why nothing can be sent. */
const busyText = ({ isPreparing }: ComposerState): string =>
  `${isPreparing ? 'A question is being prepared' : 'An answer is running'}: stop it, or wait for its end, to send.`;

function cacheView(composer: ComposerState | undefined): TemplateResult | typeof nothing {
  const { cache, leftCache } = composer ?? {};
  return cache || leftCache ? html`<ask-cache .hint=${cache} .left=${leftCache}></ask-cache>` : nothing;
}

/** The routing rules in force. */
function rulesView({ routing }: Partial<ComposerState> = {}): TemplateResult | typeof nothing {
  return routing === undefined
    ? nothing
    : html` <span data-part="routing-rules" title="Routing rules in force">${routing}</span>`;
}

/** Where the next question is typed. Shows the host's draft until the user types. */
export class ComposerView extends LitElement {
  static override readonly properties = {
    composer: { attribute: false },
    runningTurnId: { attribute: false },
    canClear: { type: Boolean },
    text: { state: true },
  };
  declare composer: ComposerState | undefined;
  declare runningTurnId: string | undefined;
  declare canClear: boolean;
  declare text: string;
  private isTyped = false;
  private draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
    this.canClear = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.postDraft);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.postDraft);
    clearTimeout(this.draftTimer);
  }

  focusInput(): void {
    this.input?.focus();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('composer') && this.composer && !this.isTyped) this.text = this.composer.draft;
  }

  protected override render(): TemplateResult {
    const { composer } = this;
    const model = composer?.modelName ?? composer?.model ?? '';
    const cannotSend = !composer?.canSend || this.text.trim() === '';
    const sendTitle = composer?.canSend === false ? busyText(composer) : 'Send (Enter)';
    return html`<form class="composer" aria-label="Ask" @submit=${this.onSubmit}>
      <textarea data-part="composer" rows="1" dir="auto" aria-label="Question" placeholder=${
        composer?.earlierTurns ? 'Ask a follow-up question' : 'Ask a question'
      }
        .value=${this.text} @input=${this.onInput} @keydown=${this.onKey} @blur=${this.postDraft}></textarea>
      <div class="composer-bar">
        <span class="model-controls"><button type="button" class="model-button" data-part="pick-model" title=${composer?.model ?? ''}
          aria-label="Model: ${model}. Pick another" @click=${() => this.post({ type: 'pickModel' })}
          ><span class="model-name">${model}</span>${icons.chevronDown}</button>
        <ask-parameters .model=${composer?.model ?? ''} .modelName=${model} .control=${composer?.parameters}></ask-parameters></span>
        <span class="estimate" data-part="estimate" title=${this.earlierInWords}>${
          composer?.isPreparing
            ? 'Preparing…'
            : [composer?.estimate ?? nothing, cacheView(composer), rulesView(composer)]
        }</span>
        <span class="composer-actions"><button type="button" class="icon-button" data-part="pick-routing"
            aria-label="Routing and privacy: ${composer?.routing ?? 'no rules'}. Change" title="Routing and Privacy"
            @click=${() => this.post({ type: 'pickRouting' })}>${icons.routing}</button>${
              this.canClear
                ? html`<button type="button" class="icon-button" data-part="new-conversation" aria-label="New conversation"
                title="New Conversation" @click=${() => this.post({ type: 'newConversation' })}>${icons.add}</button>`
                : nothing
            }
        <button type="button" class="icon-button" data-part="compare-models" aria-label="Compare models" title="Ask Several Models"
          ?disabled=${cannotSend} @click=${this.onCompare}>${icons.compare}</button>
        ${
          this.runningTurnId === undefined && !composer?.isPreparing
            ? nothing
            : html`<button type="button" class="icon-button" aria-label="Stop the running answer" title="Stop (Escape)"
                @click=${this.onStop}>${icons.stop}</button>`
        }
        <button type="submit" class="icon-button primary" data-part="send" aria-label="Send" title=${sendTitle}
          ?disabled=${cannotSend}>${icons.arrowUp}</button></span>
      </div>
      ${composer?.capNote ? html`<div class="cap-note" data-part="cap-note">${composer.capNote}</div>` : nothing}
    </form>`;
  }

  /** Says what the estimate includes. */
  private get earlierInWords(): string {
    const count = this.composer?.earlierTurns ?? 0;
    return count === 0 ? '' : `Includes ${earlierTurns(count)}`;
  }

  private get input(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  private readonly onInput = (): void => {
    this.text = this.input?.value ?? '';
    this.isTyped = true;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(this.postDraft, draftDelayMs);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    // keyCode 229: an input method is composing; some browsers say so only this way.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.send();
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.send();
  };

  private readonly onCompare = (): void => this.send('compare');

  private readonly onStop = (): void => {
    this.post({ type: 'stop', turnId: this.runningTurnId });
  };

  private send(type: 'send' | 'compare' = 'send'): void {
    const text = this.text.trim();
    if (this.composer?.canSend === false) announce(this, busyText(this.composer));
    if (!this.composer?.canSend || text === '') return;
    clearTimeout(this.draftTimer);
    this.draftTimer = undefined;
    this.text = '';
    this.isTyped = false;
    this.post({ type, text });
    // The send button is disabled once the text is gone, which would drop the focus it may have.
    this.focusInput();
  }

  private readonly postDraft = (): void => {
    if (this.draftTimer === undefined) return;
    clearTimeout(this.draftTimer);
    this.draftTimer = undefined;
    this.post({ type: 'draft', text: this.text });
  };

  private post(message: FromAnswerPage): void {
    postToHost(this, message);
  }
}
