import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { countText, formatCount } from '../../core/base/formatCount';
import type { UsageRow } from '../../protocol/usageFigures';
import type { ListFilter, ListOrder, UsageList } from '../../protocol/usageList';
import type { FromUsagePage, ToUsagePage } from '../../protocol/usageMessages';
import type { UsageSummary } from '../../protocol/usageState';
import { postToHost } from '../shared/pageEvents';
import { icons } from './icons';
import { isFiltered, listFilters } from './listFilters';
import { orderEvent, type RequestGrid } from './requestGrid';
import { RowWindow } from './rowWindow';
import type { Times } from './times';

/** Typing pauses for this long before a search begins. */
const searchDelayMs = 250;

/** All requests. The host searches, filters and sorts them; this holds only some pages of them. */
export class RequestList extends LitElement {
  static override readonly properties = {
    summary: { attribute: false },
    times: { attribute: false },
    list: { state: true },
    version: { state: true },
    hasNews: { state: true },
    typed: { state: true },
  };
  declare summary: UsageSummary | undefined;
  declare times: Times | undefined;
  declare list: UsageList | undefined;
  declare version: number;
  declare hasNews: boolean;
  /** The text of the search field. While it has the focus, the filter that the host sends does not change it. */
  declare typed: string;
  private rows: RowWindow | undefined;
  private searchTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.version = 0;
    this.hasNews = false;
    this.typed = '';
    this.addEventListener(orderEvent, event => {
      if (event instanceof CustomEvent) this.ask(this.filter, event.detail as ListOrder);
    });
  }

  receive(message: Extract<ToUsagePage, { type: 'list' | 'page' | 'row' }>): void {
    if (message.type === 'list') this.begin(message.list);
    else if (message.type === 'row') this.rows?.replace(message.row);
    else if (message.listId === this.rows?.listId) {
      this.rows.add(message.index, message.rows, message.isLast);
    }
    this.version += 1;
  }

  /** Narrows the list as if the reader had chosen it in the filters. */
  narrow(part: ListFilter): void {
    this.ask({ ...this.filter, ...part });
    this.scrollIntoView({ block: 'start' });
  }

  row(id: string): UsageRow | undefined {
    const index = this.rows?.indexOf(id) ?? -1;
    return index < 0 ? undefined : this.rows?.at(index);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Loads new requests only while the list is at its top: elsewhere they would move what is being read. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('summary');
    if (!before || !this.summary || !this.list || before.period !== this.summary.period) return;
    if (before.totals.all.requests === this.summary.totals.all.requests) return;
    if (this.grid?.isAtTop) this.ask(this.filter);
    else this.hasNews = true;
  }

  protected override render(): TemplateResult {
    const { list, times, rows } = this;
    if (!list || !times || !rows) return html`<h2>Requests</h2><p class="note">Reading…</p>`;
    return html`<div class="list-head"><h2>Requests</h2><span class="note" data-part="usage-count" role="status">${this.countText(rows)}</span></div>
      <div class="search"><label class="search-field">${icons.search}<span class="visually-hidden">Search requests</span>
          <input type="search" data-part="search" placeholder="Search models, providers, actions, ids…" .value=${this.typed} @input=${this.onSearch}></label>
        ${
          isFiltered(list.filter)
            ? html`<button type="button" class="button secondary" data-part="clear-filters" @click=${() => this.ask({})}>${icons.clear}Clear</button>`
            : nothing
        }
        <button type="button" class="button secondary" data-part="export-list" title="Export the Requests Listed Here" @click=${() => this.post({ type: 'export' })}>${icons.export}Export these…</button>
      </div>
      <details class="fold filter-fold" ?open=${isFiltered({ ...list.filter, text: undefined })}><summary>Filters</summary>
        ${listFilters(this.filter, this.summary?.splits, times, filter => this.ask(filter))}</details>
      ${
        this.hasNews
          ? html`<button type="button" class="button" data-part="show-news" @click=${this.showNews}>${icons.arrowUp}New requests</button>`
          : nothing
      }
      <ask-request-grid .rows=${rows} .version=${this.version} .order=${list} .times=${times} .nowMs=${this.summary?.nowMs ?? 0} ?hidden=${rows.total === 0}></ask-request-grid>
      ${rows.total === 0 ? html`<p class="note" data-part="no-match">${isFiltered(list.filter) ? 'No request matches.' : 'No requests in this time.'}</p>` : nothing}`;
  }

  private get grid(): RequestGrid | null {
    return this.querySelector<RequestGrid>('ask-request-grid');
  }

  private get search(): HTMLInputElement | null {
    return this.querySelector('[data-part="search"]');
  }

  private get filter(): ListFilter {
    return { ...this.list?.filter, text: this.typed.trim() };
  }

  private countText({ total, reached }: RowWindow): string {
    return total === undefined ? `more than ${formatCount(reached)}` : countText(total, 'request');
  }

  private begin(list: UsageList): void {
    const isSameView = viewOf(list) === (this.list && viewOf(this.list));
    const isTyping = this.searchTimer !== undefined || this.search === document.activeElement;
    this.rows = new RowWindow(list);
    this.list = list;
    this.hasNews = false;
    if (!isTyping) this.typed = list.filter.text ?? '';
    if (!isSameView) this.grid?.scrollToTop();
  }

  private ask(filter: ListFilter, order?: ListOrder): void {
    clearTimeout(this.searchTimer);
    this.searchTimer = undefined;
    if ((filter.text ?? '') !== this.typed.trim()) this.typed = filter.text ?? '';
    const { sort = 'time', ascending = false } = order ?? this.list ?? {};
    const known = Object.fromEntries(
      Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''),
    );
    this.post({ type: 'list', filter: known, sort, ascending });
  }

  private readonly onSearch = (): void => {
    this.typed = this.search?.value ?? '';
    clearTimeout(this.searchTimer);
    this.searchTimer = setTimeout(() => this.ask(this.filter), searchDelayMs);
  };

  private readonly showNews = (): void => {
    this.grid?.scrollToTop();
    this.ask(this.filter);
  };

  private post(message: FromUsagePage): void {
    postToHost(this, message);
  }
}

const viewOf = ({ filter, sort, ascending }: UsageList): string => JSON.stringify([filter, sort, ascending]);
