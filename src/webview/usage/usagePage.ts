import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../core/base/assertNever';
import { periodLabels } from '../../core/ledger/usagePeriod';
import type { UsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage, ToUsagePage } from '../../protocol/usageMessages';
import type { ReconcileState, UsageDetails, UsageSummary } from '../../protocol/usageState';
import type { WhatIfState } from '../../protocol/whatIfState';
import { copyText } from '../shared/copied';
import { keepFocus } from '../shared/keepFocus';
import { type Announcement, liveRegion } from '../shared/liveRegion';
import { onAnnounce, postToHost } from '../shared/pageEvents';
import { emptyUsage } from './emptyUsage';
import { glossary } from './glossary';
import { icons } from './icons';
import { mostExpensiveList } from './mostExpensiveList';
import { reconcileView } from './reconcileView';
import { openRowEvent } from './requestGrid';
import type { RequestList } from './requestList';
import { type PartPick, partEvent } from './splitTabs';
import { Times } from './times';
import { tokenFigures } from './tokenFigures';
import { totalsTiles, unknownNote } from './totalsTiles';
import { type SpanPick, spanEvent } from './usageChart';

/** Where the focus goes when the button that had it is removed, by `data-part`. Default: the list. */
const placesAfter: Readonly<Record<string, string>> = {
  'clear-filters': '[data-part="search"]',
  'close-reconcile': '[data-part="start-reconcile"]',
  'stop-reconcile': '#reconcile-title',
  'resume-reconcile': '#reconcile-title',
  adopt: '#reconcile-title',
  'split-more': '#split-panel',
  'try-what-if': '[data-part="what-if-model"]',
};

/** The whole usage page: shows what the host sends, and posts what the user does. */
export class UsagePage extends LitElement {
  static override readonly properties = {
    summary: { state: true },
    reconcile: { state: true },
    whatIf: { state: true },
    details: { state: true },
    problem: { state: true },
    announcement: { state: true },
  };
  declare summary: UsageSummary | undefined;
  declare reconcile: ReconcileState | undefined;
  declare whatIf: WhatIfState | undefined;
  declare details: UsageDetails | undefined;
  declare problem: string | undefined;
  declare announcement: Announcement | undefined;
  private times = new Times('UTC');
  private openId: string | undefined;

  constructor() {
    super();
    const on = <T>(name: string, listener: (detail: T) => void): void =>
      this.addEventListener(name, event => {
        if (event instanceof CustomEvent) listener(event.detail as T);
      });
    on<UsageRow>(openRowEvent, row => this.open(row));
    on<SpanPick>(spanEvent, ({ fromMs, toMs }) => this.list?.narrow({ fromMs, toMs }));
    on<PartPick>(partEvent, ({ by, value }) => this.list?.narrow({ [by]: value }));
    onAnnounce(this, sentence => {
      this.announcement = { sentence };
    });
    keepFocus(this, lost =>
      [placesAfter[lost.getAttribute('data-part') ?? ''] ?? '[role="grid"]', '[data-part="search"]'].map(
        selector => this.querySelector<HTMLElement>(selector),
      ),
    );
    // `close` of a dialog does not bubble, so it is caught in the capture phase.
    this.addEventListener('close', () => this.forgetDetails(), { capture: true });
  }

  /** Applies one message of the host; they must come in order. */
  receive(message: ToUsagePage): void {
    switch (message.type) {
      case 'summary':
        this.showSummary(message.summary);
        return;
      case 'list':
      case 'page':
      case 'row':
        void this.updateComplete.then(() => this.list?.receive(message));
        return;
      case 'details':
        if (message.details.row.id === this.openId) this.details = message.details;
        return;
      case 'reconcile':
        this.reconcile = message.reconcile;
        return;
      case 'whatIf':
        this.whatIf = message.whatIf;
        return;
      case 'problem':
        this.problem = message.sentence;
        return;
      default:
        assertNever(message);
    }
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { summary, problem, times } = this;
    return html`<main data-part="usage">
      <header class="page-head"><h1>Usage and cost</h1>${this.buttons()}</header>
      ${problem === undefined ? nothing : html`<p class="problem" role="alert">${icons.warning}<span>${problem}</span></p>`}
      ${summary ? this.body(summary) : nothing}
    </main>
    ${liveRegion(this.announcement)}
    <ask-request-details .details=${this.details} .times=${times}></ask-request-details>`;
  }

  private buttons(): TemplateResult {
    const button = (part: string, icon: TemplateResult, text: string, message: FromUsagePage) =>
      html`<button type="button" class="button secondary" data-part=${part} @click=${() => this.post(message)}>${icon}${text}</button>`;
    if (!this.summary || this.isEmpty) return html``;
    return html`<div class="page-actions">
      ${button('export', icons.export, 'Export…', { type: 'export' })}
      ${button('start-reconcile', icons.reconcile, 'Reconcile…', { type: 'reconcile' })}
      ${button('delete', icons.trash, 'Delete History…', { type: 'deleteHistory' })}
    </div>`;
  }

  private body(summary: UsageSummary): TemplateResult {
    const { times } = this;
    const period = periodLabels[summary.period].toLowerCase();
    if (this.isEmpty)
      return html`${emptyUsage(() => this.post({ type: 'ask' }))}${glossary()}${this.footer(summary)}`;
    return html`${totalsTiles(summary, chosen => this.post({ type: 'period', period: chosen }))}
      ${this.reconcile ? reconcileView(this.reconcile, times, { post: message => this.post(message), open: row => this.open(row) }) : nothing}
      ${unknownNote(summary.totals[summary.period].unknownRequests, () => this.list?.narrow({ costState: 'unknown' }))}
      <p class="note">Below: ${period}. Days are those of ${summary.timeZone.replaceAll('_', ' ')}.</p>
      <section class="card" aria-labelledby="chart-title"><ask-usage-chart .chart=${summary.chart} .times=${times}></ask-usage-chart></section>
      <div class="columns">
        <section class="card wide" aria-label="Where it went"><ask-split-tabs .splits=${summary.splits}></ask-split-tabs></section>
        <section class="card" aria-label="Tokens">${tokenFigures(summary.totals[summary.period], summary.savings)}</section>
        <section class="card" aria-label="Most expensive requests">${mostExpensiveList(summary.mostExpensive, times, summary.nowMs, row => this.open(row))}</section>
      </div>
      <section class="card" data-part="what-if" aria-labelledby="what-if-title"><ask-what-if .state=${this.whatIf}></ask-what-if></section>
      <section class="card" aria-label="Requests"><ask-request-list .summary=${summary} .times=${times}></ask-request-list></section>
      ${glossary()}${this.footer(summary)}`;
  }

  private footer({ location }: UsageSummary): TemplateResult {
    if (location === undefined)
      return html`<footer class="note">This history lives in memory and is gone when the window closes.</footer>`;
    return html`<footer class="note" data-part="location"><span>Kept on this machine only, in <code>${location}</code></span>
      <button type="button" class="icon-button" data-part="reveal-file" aria-label="Show the file" title="Show File" @click=${() => this.post({ type: 'revealFile' })}>${icons.folder}</button>
      <button type="button" class="icon-button" data-part="copy-path" aria-label="Copy the file's path" title="Copy Path" @click=${(event: Event) => copyText(event, location)}>${icons.copy}</button></footer>`;
  }

  private get isEmpty(): boolean {
    return this.summary?.totals.all.requests === 0;
  }

  private get list(): RequestList | null {
    return this.querySelector<RequestList>('ask-request-list');
  }

  private showSummary(summary: UsageSummary): void {
    const wasEmpty = this.isEmpty;
    if (summary.timeZone !== this.times.timeZone) this.times = new Times(summary.timeZone);
    this.summary = summary;
    this.problem = undefined;
    // An empty page has no list: the rows that the host sent meanwhile were lost.
    if (wasEmpty && !this.isEmpty) this.post({ type: 'list', filter: {}, sort: 'time', ascending: false });
  }

  /** Shows at once what the row says; the host adds the stored text, and sends changes of the row. */
  private open(row: UsageRow): void {
    this.openId = row.id;
    this.details = { row };
    this.post({ type: 'open', id: row.id });
  }

  private forgetDetails(): void {
    this.openId = undefined;
    this.details = undefined;
  }

  private post(message: FromUsagePage): void {
    postToHost(this, message);
  }
}
