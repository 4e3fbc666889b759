import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { assertNever } from '../../core/base/assertNever';
import type { AnswerEvent } from '../../core/chat/answer';
import { addTurn, type Conversation, reduceTurn, type Turn } from '../../core/chat/conversation';
import type { ComposerState, ToAnswerPage } from '../../protocol/answerMessages';
import { showCopied } from '../shared/copied';
import { icons } from '../shared/icons';
import { keepFocus } from '../shared/keepFocus';
import { onAnnounce, postToHost } from '../shared/pageEvents';
import { type Spoken, spokenRegion } from '../shared/spokenRegion';
import type { ComposerView } from './composerView';
import { emptyState, startedNew, undoNew } from './emptyState';
import { Follower } from './follower';
import { NearTurns } from './nearTurns';
import { PageWork } from './pageWork';
import type { ReadingPlace } from './readingPlace';
import { turnCommand } from './turnCommands';
import { TurnView } from './turnView';

const isMac = /^Mac/.test(navigator.platform);

/** The whole answer page: applies the host's messages and tells what the reader does. */
export class AnswerPage extends LitElement {
  static override readonly properties = {
    conversation: { state: true },
    composer: { state: true },
    isFollowing: { state: true },
    spoken: { state: true },
    canUndoNew: { state: true },
  };
  declare conversation: Conversation | undefined;
  declare composer: ComposerState | undefined;
  declare isFollowing: boolean;
  declare spoken: Spoken | undefined;
  /** The conversation before this one can be brought back. */
  declare canUndoNew: boolean;
  /** Where the reader was before a reload. */
  place: ReadingPlace | undefined;
  private readonly work = new PageWork(() => this.follower.keepUp());
  /** What gets the focus must not come to lie below the dock. */
  private readonly dockSize = new ResizeObserver(([dock]) => {
    document.documentElement.style.scrollPaddingBlockEnd = `${dock?.borderBoxSize[0]?.blockSize ?? 0}px`;
  });
  private readonly near = new NearTurns(this.work.idle);
  private readonly follower = new Follower(isFollowing => {
    this.isFollowing = isFollowing;
  });

  constructor() {
    super();
    this.isFollowing = true;
    this.canUndoNew = false;
    onAnnounce(this, sentence => {
      this.spoken = { sentence };
    });
    keepFocus(this, () => [this.querySelector('ask-composer textarea')]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.follower.connect(this);
    // In the capture phase and before VS Code's own listener, which would open links a second time.
    addEventListener('click', this.onClick, { capture: true });
    addEventListener('auxclick', this.onClick, { capture: true });
    addEventListener('keydown', this.onKey);
    addEventListener('scroll', this.onPlaceChange, { passive: true });
    this.addEventListener('toggle', this.onPlaceChange, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.follower.disconnect();
    this.dockSize.disconnect();
    removeEventListener('click', this.onClick, { capture: true });
    removeEventListener('auxclick', this.onClick, { capture: true });
    removeEventListener('keydown', this.onKey);
    removeEventListener('scroll', this.onPlaceChange);
  }

  /** Applies one message of the host; they must come in order. */
  receive(message: ToAnswerPage): void {
    switch (message.type) {
      case 'state':
        this.composer = message.state.composer;
        this.tellOfNew(message.state.canUndoNew === true);
        this.show(message.state.conversation);
        return;
      case 'turn':
        this.conversation = this.conversation && addTurn(this.conversation, message.turn);
        this.follower.resume();
        return;
      case 'events':
        this.apply(message.turnId, message.events);
        return;
      case 'composer':
        this.composer = message.composer;
        return;
      case 'focusComposer':
        void this.updateComplete.then(() => this.querySelector<ComposerView>('ask-composer')?.focusInput());
        return;
      default:
        assertNever(message);
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    const dock = this.querySelector('.dock');
    if (dock) this.dockSize.observe(dock);
  }

  protected override updated(): void {
    this.near.watch(this.turnViews);
  }

  protected override render(): TemplateResult {
    const turns = this.conversation?.turns ?? [];
    return html`<main>
        <h1 class="visually-hidden">OpenRouter answers</h1>${
          this.conversation && turns.length === 0
            ? html`${this.canUndoNew ? undoNew(() => postToHost(this, { type: 'undoNewConversation' })) : nothing}${emptyState(isMac)}`
            : repeat(
                turns,
                turn => turn.id,
                turn => html`<ask-turn .turn=${turn} .work=${this.work}></ask-turn>`,
              )
        }</main>
      ${spokenRegion(this.spoken)}
      <div class="dock">
        ${
          this.isFollowing || turns.length === 0
            ? nothing
            : html`<button class="button secondary jump" data-part="jump" title="Jump to Latest (End)"
                @click=${() => this.follower.resume()}>${icons.arrowDown}Jump to latest</button>`
        }
        <ask-composer .composer=${this.composer} .runningTurnId=${this.runningTurnId} .canClear=${turns.length > 0}></ask-composer>
      </div>`;
  }

  /** By their parent: a search through a long conversation for every message would be felt. */
  private get turnViews(): TurnView[] {
    const main = this.querySelector('main');
    return [...(main?.children ?? [])].filter(child => child instanceof TurnView);
  }

  private turnView(turnId: string): TurnView | undefined {
    return this.turnViews.findLast(view => view.shownTurn.id === turnId);
  }

  /** The newest of them: a command may ask while an earlier request still runs. */
  private get runningTurnId(): string | undefined {
    const current = new Map(this.turnViews.map(view => [view.turn, view.shownTurn]));
    const isRunning = (turn: Turn): boolean => (current.get(turn) ?? turn).answer.status === 'streaming';
    return this.conversation?.turns.findLast(isRunning)?.id;
  }

  private show(conversation: Conversation): void {
    const wasElsewhere = this.place?.begin(conversation.id) === true;
    this.conversation = conversation;
    if (wasElsewhere) this.follower.pause();
    else this.follower.resume();
    // The turns render in microtasks; by the next frame they are all there.
    requestAnimationFrame(() => this.place?.restore(this));
  }

  private tellOfNew(canUndoNew: boolean): void {
    if (canUndoNew && !this.canUndoNew) this.spoken = { sentence: startedNew };
    this.canUndoNew = canUndoNew;
  }

  private apply(turnId: string, events: readonly AnswerEvent[]): void {
    const view = this.turnView(turnId);
    if (view) view.apply(events);
    else this.conversation = this.conversation && reduceTurn(this.conversation, turnId, events);
    if (events.some(event => event.type === 'ended')) this.requestUpdate();
  }

  private readonly onClick = (event: MouseEvent): void => {
    const pressed = event.target;
    if (!(pressed instanceof Element)) return;
    // Every button but the left one comes as `auxclick`; the middle one opens links, too.
    if (event.type === 'auxclick' && (event.button !== 1 || !pressed.closest('a'))) return;
    if (pressed.closest('a')) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    const turn = pressed.closest('ask-turn');
    const command = turn instanceof TurnView ? turnCommand(pressed, turn) : undefined;
    if (!command) return;
    postToHost(this, command);
    const button = pressed.closest('button');
    if (button && command.type === 'copy') showCopied(button);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const { runningTurnId } = this;
    if (event.key !== 'Escape' || event.isComposing || runningTurnId === undefined) return;
    event.preventDefault();
    postToHost(this, { type: 'stop', turnId: runningTurnId });
  };

  private readonly onPlaceChange = (): void => this.place?.changed(this);
}
