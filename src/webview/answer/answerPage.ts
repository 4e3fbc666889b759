import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { assertNever } from '../../core/base/assertNever';
import type { AnswerEvent } from '../../core/chat/answer';
import { addEarlierTurns, type Conversation, reduceTurn, type Turn } from '../../core/chat/conversation';
import { addTurn, type Passage, toPassages } from '../../core/chat/versions';
import type { ComposerState, ToAnswerPage } from '../../protocol/answerMessages';
import { showCopied } from '../shared/copied';
import { icons } from '../shared/icons';
import { keepFocus } from '../shared/keepFocus';
import { type Announcement, liveRegion } from '../shared/liveRegion';
import { onAnnounce, postToHost } from '../shared/pageEvents';
import { AutoScroll } from './autoScroll';
import { comparisonView, turnViewsIn } from './compare/comparisonView';
import { versionsView } from './compare/versionsView';
import type { ComposerView } from './composerView';
import { postShrunk } from './context/takeIn';
import { emptyState, startedNew, undoNew } from './emptyState';
import { NearTurns } from './nearTurns';
import { PaintScheduler } from './paintScheduler';
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
    announcement: { state: true },
    canUndoNew: { state: true },
    hasKey: { state: true },
  };
  declare conversation: Conversation | undefined;
  declare composer: ComposerState | undefined;
  declare isFollowing: boolean;
  declare announcement: Announcement | undefined;
  /** The conversation before this one can be brought back. */
  declare canUndoNew: boolean;
  /** Undefined: not known yet. */
  declare hasKey: boolean | undefined;
  /** Remembers where the reader is, across reloads. */
  place: ReadingPlace | undefined;
  private readonly scheduler = new PaintScheduler(() => this.autoScroll.keepUp());
  /** Keeps an element that gets the focus from being scrolled to where the dock covers it. */
  private readonly dockSize = new ResizeObserver(([dock]) => {
    document.documentElement.style.scrollPaddingBlockEnd = `${dock?.borderBoxSize[0]?.blockSize ?? 0}px`;
  });
  private readonly near = new NearTurns(this.scheduler.idle);
  private readonly autoScroll = new AutoScroll(isFollowing => {
    this.isFollowing = isFollowing;
  });

  constructor() {
    super();
    this.isFollowing = true;
    this.canUndoNew = false;
    onAnnounce(this, sentence => {
      this.announcement = { sentence };
    });
    keepFocus(this, () => [this.querySelector('ask-composer textarea')]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.autoScroll.connect(this);
    // In the capture phase, because VS Code's own listener would open links a second time.
    addEventListener('click', this.onClick, { capture: true });
    addEventListener('auxclick', this.onClick, { capture: true });
    addEventListener('keydown', this.onKey);
    addEventListener('scroll', this.onPlaceChange, { passive: true });
    this.addEventListener('toggle', this.onPlaceChange, { capture: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.autoScroll.disconnect();
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
        this.show(message.state.conversation, message.state.missingTurns ?? 0);
        return;
      case 'earlierTurns':
        if (message.conversationId === this.conversation?.id) this.showEarlier(message);
        return;
      case 'turn':
        this.conversation = this.conversation && addTurn(this.conversation, message.turn);
        // A version stands where the turn stands that it asks again: the reader is there already.
        if (message.turn.versionOf === undefined) this.autoScroll.resume();
        return;
      case 'events':
        this.apply(message.turnId, message.events);
        return;
      case 'choices':
        this.conversation = this.conversation && { ...this.conversation, choices: message.choices };
        return;
      case 'explanation':
        this.showExplanation(message);
        return;
      case 'passport':
        this.showPassport(message);
        return;
      case 'refused':
        this.turnView(message.turnId)?.showRefusal(message.reason);
        return;
      case 'composer':
        this.composer = message.composer;
        return;
      case 'account':
        this.hasKey = message.hasKey;
        return;
      case 'focusComposer':
        void this.updateComplete.then(() => this.composerView?.focusInput());
        return;
      case 'contextChosen':
        this.composerView?.takeHash();
        return;
      case 'shrinkImage':
        void postShrunk(this, message);
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
    return html`<main class=${turns.some(({ group }) => group !== undefined) ? 'has-comparison' : nothing}>
        <h1 class="visually-hidden">OpenRouter answers</h1>${
          this.conversation && turns.length === 0
            ? html`${this.canUndoNew ? undoNew(() => postToHost(this, { type: 'undoNewConversation' })) : nothing}${emptyState(isMac, this.hasKey)}`
            : repeat(
                toPassages(turns),
                ({ id }) => id,
                passage => this.passage(passage),
              )
        }</main>
      ${liveRegion(this.announcement)}
      <div class="dock">
        ${
          this.isFollowing || turns.length === 0
            ? nothing
            : html`<button class="button secondary jump" data-part="jump" title="Jump to Latest (End)"
                @click=${() => this.autoScroll.resume()}>${icons.arrowDown}Jump to latest</button>`
        }
        <ask-composer .composer=${this.composer} .runningTurnId=${this.runningTurnId} .canClear=${turns.length > 0}></ask-composer>
      </div>`;
  }

  private get composerView(): ComposerView | null {
    return this.querySelector<ComposerView>('ask-composer');
  }

  private passage(passage: Passage): TemplateResult {
    const context = {
      choices: this.conversation?.choices,
      shownTurn: this.shownTurn,
      turnView: this.turnTemplate,
    };
    return passage.kind === 'turn'
      ? versionsView(passage.versions, context)
      : comparisonView(passage.columns, context);
  }

  private readonly turnTemplate = (turn: Turn, isShown: boolean): TemplateResult =>
    html`<ask-turn .turn=${turn} .scheduler=${this.scheduler} ?hidden=${!isShown}></ask-turn>`;

  /** The turn with all that has happened to it. */
  private readonly shownTurn = (turn: Turn): Turn => {
    const view = this.turnView(turn.id);
    return view && view.turn === turn ? view.shownTurn : turn;
  };

  /** Read from their parents: searching the whole document for every message would be slow in a long conversation. */
  private get turnViews(): TurnView[] {
    const main = this.querySelector('main');
    return [...(main?.children ?? [])].flatMap(child => turnViewsIn(child));
  }

  private turnView(turnId: string): TurnView | undefined {
    return this.turnViews.findLast(view => view.shownTurn.id === turnId);
  }

  /** The newest running turn, or the comparison that it is part of: a command may send a request while an earlier one still runs. */
  private get runningTurnId(): string | undefined {
    const current = new Map(this.turnViews.map(view => [view.turn, view.shownTurn]));
    const isRunning = (turn: Turn): boolean => (current.get(turn) ?? turn).answer.status === 'streaming';
    const turn = this.conversation?.turns.findLast(isRunning);
    return turn?.group ?? turn?.id;
  }

  private show(conversation: Conversation, missingTurns: number): void {
    const wasElsewhere = this.place?.begin(conversation.id) === true;
    this.conversation = conversation;
    if (wasElsewhere) this.autoScroll.pause();
    else this.autoScroll.resume();
    this.restorePlaceSoon(missingTurns);
  }

  private showEarlier({ turns, missingTurns }: Extract<ToAnswerPage, { type: 'earlierTurns' }>): void {
    this.conversation = this.conversation && addEarlierTurns(this.conversation, turns);
    this.restorePlaceSoon(missingTurns);
  }

  private restorePlaceSoon(missingTurns: number): void {
    // Turns render in microtasks: in the next frame all of them are in the document.
    requestAnimationFrame(() => this.place?.restore(this, missingTurns === 0));
  }

  private tellOfNew(canUndoNew: boolean): void {
    if (canUndoNew && !this.canUndoNew) this.announcement = { sentence: startedNew };
    this.canUndoNew = canUndoNew;
  }

  private apply(turnId: string, events: readonly AnswerEvent[]): void {
    const view = this.turnView(turnId);
    if (view) view.apply(events);
    else this.conversation = this.conversation && reduceTurn(this.conversation, turnId, events);
    if (events.some(event => event.type === 'ended' || event.type === 'settled')) this.requestUpdate();
  }

  private showExplanation({ turnId, explanation }: Extract<ToAnswerPage, { type: 'explanation' }>): void {
    const view = this.turnView(turnId);
    if (view) view.explanation = explanation;
  }

  private showPassport({ passport }: Extract<ToAnswerPage, { type: 'passport' }>): void {
    const view = this.turnView(passport.turnId);
    if (view) view.passport = passport;
  }

  private readonly onClick = (event: MouseEvent): void => {
    const pressed = event.target;
    if (!(pressed instanceof Element)) return;
    // `auxclick` is every button but the left one; of those, only the middle one opens links.
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
