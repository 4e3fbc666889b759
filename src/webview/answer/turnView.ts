import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Answer, AnswerEvent } from '../../core/chat/answer';
import { codeBlocks, lineNumbers, type CodeBlock as SentBlock } from '../../core/chat/codeParts';
import { turnHeading } from '../../core/chat/comparison';
import { applyToTurn, type SentCode, type Turn } from '../../core/chat/conversation';
import type { CostExplanation } from '../../core/usage/costExplanation';
import type { Passport } from '../../core/usage/passport/passport';
import { icons } from '../shared/icons';
import { announce, postToHost } from '../shared/pageEvents';
import { announcement } from './announcement';
import { AnswerText, type TextProgress } from './answerText';
import { costActions, costExplanation } from './costActions';
import { CodeBlock } from './markdown/codeBlock';
import { notice } from './notice';
import type { PaintScheduler } from './paintScheduler';
import { passportView } from './passportView';
import { routingView } from './routingView';
import { sentView } from './sentView';
import { turnFooter } from './turnFooter';
import { turnNotices } from './turnNotices';

/** While the text grows, the figures around it are updated this often: nobody could read them faster. */
const figuresEveryMs = 250;

/** One turn of the conversation. Lit renders everything but the texts, which {@link AnswerText} paints. */
export class TurnView extends LitElement {
  static override readonly properties = {
    turn: { attribute: false },
    scheduler: { attribute: false },
    isFull: { state: true },
    isExplained: { state: true },
    explanation: { state: true },
    passport: { state: true },
    refusal: { state: true },
  };
  declare turn: Turn;
  declare scheduler: PaintScheduler;
  /** False while only heading and text are shown, so that a conversation of hundreds of turns opens at once. */
  declare isFull: boolean;
  /** The reader wants to know why it cost what it did. */
  declare isExplained: boolean;
  declare explanation: CostExplanation | undefined;
  declare passport: Passport | undefined;
  /** Why its answer could not be applied the last time. */
  declare refusal: string | undefined;
  private current: Turn | undefined;
  private text: AnswerText | undefined;
  private isNear = false;
  private figuresTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.isFull = false;
    this.isExplained = false;
  }

  /** The turn with all events applied. */
  get shownTurn(): Turn {
    return this.current ?? this.turn;
  }

  apply(events: readonly AnswerEvent[]): void {
    const before = this.shownTurn;
    this.current = events.reduce(applyToTurn, before);
    const { answer } = this.current;
    // The text goes on: what was finished becomes one that grows again.
    const goesOn = events.some(({ type }) => type === 'continued');
    if (goesOn) this.text = undefined;
    if (goesOn || changesFrame(before.answer, answer)) this.requestUpdate();
    else this.figuresTimer ??= setTimeout(() => this.requestUpdate(), figuresEveryMs);
    this.text?.add(grownBy(events, 'text'), grownBy(events, 'reasoning'), progressOf(answer));
    const sentence = announcement(before.answer, this.current);
    if (sentence) announce(this, sentence);
    if (this.isExplained && before.answer.cost !== answer.cost) this.askForExplanation();
  }

  /** Shows why the turn cost what it did, or puts that away. */
  toggleExplanation(): void {
    this.isExplained = !this.isExplained;
    if (this.isExplained) this.askForExplanation();
  }

  /** Says why the answer is not applied, where the reader sees it; undefined puts that away. */
  showRefusal(reason: string | undefined): void {
    this.refusal = reason;
    if (reason === undefined) return;
    announce(this, reason);
    void this.updateComplete.then(() =>
      this.querySelector('[data-part="refused"]')?.scrollIntoView({ block: 'nearest' }),
    );
  }

  /** Shows the whole turn with its Markdown rendered: the reader is near. */
  comeNear(): void {
    this.isFull = true;
    this.isNear = true;
    this.text?.comeNear();
  }

  /** Shows the whole turn before this returns. */
  fillNow(): void {
    this.isFull = true;
    this.performUpdate();
  }

  /** As {@link comeNear}, but before this returns: what is below must get its final position. */
  comeNearNow(): void {
    this.fillNow();
    this.comeNear();
    this.text?.paint(Number.POSITIVE_INFINITY);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.shownTurn.answer.status === 'streaming') this.isFull = true;
    if (!changed.has('turn')) return;
    const shown = (this.current ?? changed.get('turn'))?.answer;
    this.current = undefined;
    // The host sent the same turn again: text that only got longer keeps its elements.
    const told = this.turn.answer;
    if (!shown || !goesOnFrom(shown, told)) this.text = undefined;
    else if (shown.status === 'streaming')
      this.text?.add(
        told.text.slice(shown.text.length),
        told.reasoning.slice(shown.reasoning.length),
        progressOf(told),
      );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopFiguresTimer();
  }

  protected override updated(): void {
    this.stopFiguresTimer();
    const { answer, sent } = this.shownTurn;
    if (!this.text) {
      const root = this.querySelector<HTMLElement>('[data-part="answer"]');
      root?.replaceChildren();
      this.querySelector('.reasoning-body')?.replaceChildren();
      if (root) this.text = new AnswerText(this, root, this.scheduler, answer);
      if (this.isNear) this.text?.comeNear();
    }
    const sentCode = this.querySelector('.sent-code');
    if (sentCode?.hasChildNodes() === false) sentCode.append(sent.code ? sentText(sent.code) : '');
    // This update may have added the element that the reasoning goes into.
    if (this.text) this.scheduler.paintSoon(this.text);
  }

  protected override render(): TemplateResult {
    const turn = this.shownTurn;
    const { isFull } = this;
    const { answer } = turn;
    const headingId = `turn-${turn.id}`;
    const isStreaming = answer.status === 'streaming';
    return html`<article class=${turn.apply === 'replace' ? 'replaces' : nothing} data-part="turn" data-turn-id=${turn.id} aria-labelledby=${headingId} aria-busy=${isStreaming}>
      <header class="turn-head"><h2 id=${headingId} dir="auto">${turnHeading(turn)}</h2>${time(turn.startedAtMs)}</header>
      ${isFull ? sentView(turn.sent, this.onSentToggle) : nothing}
      ${isFull && answer.reasoning !== '' ? reasoningFold(answer) : nothing}
      ${isWaiting(answer) ? waiting(turn.sent.parameters.model) : nothing}
      <div class="answer" data-part="answer"></div>
      ${answer.retry ? retryNotice(turn.sent.parameters.model, answer.retry) : nothing}
      ${isFull ? turnNotices(turn) : nothing}
${isFull ? this.foot(turn) : nothing}
    </article>`;
  }

  private askForExplanation(): void {
    postToHost(this, { type: 'explainCost', turnId: this.shownTurn.id });
  }

  private foot(turn: Turn): TemplateResult {
    return html`${refusalNotice(this.refusal)}<div class="turn-foot">${turnFooter(turn)}<div class="turn-actions">${turnActions(turn)}${costActions(turn, this.isExplained)}</div></div>
      ${costExplanation(turn, this.isExplained, this.explanation)}${routingView(turn.answer)}${passportView(turn, this.passport, this.onPassportToggle)}`;
  }

  private stopFiguresTimer(): void {
    clearTimeout(this.figuresTimer);
    this.figuresTimer = undefined;
  }

  private readonly onPassportToggle = (event: Event): void => {
    if (!(event.target instanceof HTMLDetailsElement) || !event.target.open) return;
    postToHost(this, { type: 'showPassport', turnId: this.shownTurn.id });
  };

  private readonly onSentToggle = (event: Event): void => {
    const place = this.querySelector('.sent-code');
    const { code } = this.shownTurn.sent;
    const isOpen = event.target instanceof HTMLDetailsElement && event.target.open;
    if (!isOpen || !code || !place || place.firstElementChild) return;
    const blocks = codeBlocks(code).map(part => ({
      part,
      block: new CodeBlock(code.languageId, this.scheduler.idle),
    }));
    place.replaceChildren(
      ...blocks.flatMap(({ part, block }) =>
        blocks.length > 1 ? [linesNote(part), block.element] : [block.element],
      ),
    );
    for (const { part, block } of blocks) {
      block.append(part.text);
      block.finish();
    }
  };
}

/** What was sent as plain text, until it is unfolded. */
const sentText = (code: SentCode): string =>
  codeBlocks(code)
    .map(({ text }) => text)
    .join('\n');

/** "Lines 3–5", above one of several pieces. */
function linesNote(part: SentBlock): HTMLElement {
  const note = document.createElement('div');
  note.className = 'fold-note';
  note.textContent = `${part.startLine === part.endLine ? 'Line' : 'Lines'} ${lineNumbers(part)}`;
  return note;
}

const progressOf = ({ status, finishReason }: Answer): TextProgress => {
  const isComplete = status !== 'streaming';
  return { isComplete, isEnd: isComplete || finishReason !== undefined };
};

function grownBy(events: readonly AnswerEvent[], type: 'text' | 'reasoning'): string {
  return events.reduce((all, event) => (event.type === type ? all + event.text : all), '');
}

/** True when `told` only adds to what is shown. A finished text does not grow: it must be the same. */
const goesOnFrom = (shown: Answer, told: Answer): boolean =>
  shown.status === 'streaming'
    ? told.text.startsWith(shown.text) && told.reasoning.startsWith(shown.reasoning)
    : told.status !== 'streaming' && told.text === shown.text && told.reasoning === shown.reasoning;

const isWaiting = (answer: Answer): boolean =>
  answer.status === 'streaming' && answer.text === '' && answer.reasoning === '' && !answer.retry;

/** True when something besides the growing texts has changed, so that Lit must render. */
function changesFrame(before: Answer, after: Answer): boolean {
  const keys = Object.keys({ ...before, ...after }) as (keyof Answer)[];
  return keys.some(key =>
    key === 'text' || key === 'reasoning'
      ? (before[key] === '') !== (after[key] === '')
      : before[key] !== after[key],
  );
}

const waiting = (model: string): TemplateResult =>
  html`<div class="waiting"><span class="spinner"></span>Waiting for ${model}…</div>`;

const retryNotice = (model: string, retry: Answer['retry']): TemplateResult =>
  html`<ask-retry-notice class="notice" .retry=${retry} .model=${model}></ask-retry-notice>`;

const refusalNotice = (reason: string | undefined): TemplateResult | typeof nothing =>
  reason === undefined
    ? nothing
    : notice(icons.info, html`<div data-part="refused">${reason}</div>`, 'warning');

function time(startedAtMs: number): TemplateResult {
  const started = new Date(startedAtMs);
  return html`<time datetime=${started.toISOString()} title=${started.toLocaleString()}
    >${started.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}</time>`;
}

function reasoningFold(answer: Answer): TemplateResult {
  const isThinking = answer.status === 'streaming' && answer.text === '';
  return html`<details class="fold" data-part="reasoning">
    <summary><span class="fold-name">Reasoning</span>${isThinking ? html`<span class="spinner"></span>` : nothing}</summary>
    <div class="fold-body reasoning-body" dir="auto"></div>
  </details>`;
}

function turnActions({ kind, answer: { status, text }, apply }: Turn): TemplateResult {
  const isStreaming = status === 'streaming';
  return html`${
    isStreaming
      ? html`<button class="button secondary" data-part="stop" title="Stop (Escape)">${icons.stop}Stop</button>`
      : nothing
  }${
    text === '' || isStreaming || apply !== 'replace'
      ? nothing
      : html`<button class="button secondary" data-part="replace" title="Show What Would Be Replaced">${icons.replace}Replace</button>`
  }${
    text === ''
      ? nothing
      : html`<button class="icon-button" data-part="copy" aria-label="Copy answer" title="Copy Answer">${icons.copy}</button
        ><button class="icon-button" data-part="insert" aria-label="Insert answer at cursor" title="Insert Answer at Cursor">${icons.insert}</button
        ><button class="icon-button" data-part="new-file" aria-label="Open answer in a new file" title="Open Answer in New File">${icons.newFile}</button>`
  }${
    isStreaming || kind === 'check'
      ? nothing
      : html`<button class="icon-button" data-part="rerun" aria-label="Run again with…" title="Run Again With…">${icons.refresh}</button>`
  }`;
}
