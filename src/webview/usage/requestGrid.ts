import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { RowSort } from '../../core/ledger/ledgerQueries';
import type { UsageRow } from '../../protocol/usageFigures';
import type { ListOrder } from '../../protocol/usageList';
import { postToHost } from '../shared/pageEvents';
import { icons } from './icons';
import { emptyRow, requestRow, rowId } from './requestRow';
import type { RowWindow } from './rowWindow';
import type { Times } from './times';

/** Rows drawn beyond what is in view, so that scrolling shows no gaps. */
const margin = 8;
/** Used until the height of a row can be read from the style sheet. */
const assumedRowHeight = 26;

interface Column {
  readonly name: string;
  readonly title: string;
  readonly sort?: RowSort;
  readonly isNumber?: boolean;
}

const columns: readonly Column[] = [
  { name: 'time', title: 'Time', sort: 'time' },
  { name: 'model', title: 'Model' },
  { name: 'action', title: 'Action' },
  { name: 'outcome', title: 'Outcome' },
  { name: 'tokens', title: 'Tokens in → out', sort: 'tokens', isNumber: true },
  { name: 'duration', title: 'Duration', sort: 'duration', isNumber: true },
  { name: 'cost', title: 'Cost', sort: 'cost', isNumber: true },
];

/** Fired with a row when its details should be shown. */
export const openRowEvent = 'open-row';
/** Fired with the new {@link ListOrder} when a column head is pressed. */
export const orderEvent = 'order';

/** The rows of the list, of which only those in view exist. The focus stays on the grid and moves by key. */
export class RequestGrid extends LitElement {
  static override readonly properties = {
    rows: { attribute: false },
    version: { attribute: false },
    order: { attribute: false },
    times: { attribute: false },
    nowMs: { attribute: false },
    first: { state: true },
    active: { state: true },
  };
  declare rows: RowWindow | undefined;
  /** Counts the changes of `rows`, which remains the same object. */
  declare version: number;
  declare order: ListOrder;
  declare times: Times | undefined;
  declare nowMs: number;
  declare first: number;
  declare active: number;
  private rowHeight = assumedRowHeight;
  /** Height of the visible rows, without the column heads. */
  private viewHeight = 400;
  private readonly sizes = new ResizeObserver(() => this.measure());

  constructor() {
    super();
    this.first = 0;
    this.active = 0;
    this.version = 0;
    this.nowMs = 0;
  }

  /** True while the list is at its top, where new rows may be added without moving what is being read. */
  get isAtTop(): boolean {
    return (this.frame?.scrollTop ?? 0) < this.rowHeight;
  }

  scrollToTop(): void {
    this.active = 0;
    this.frame?.scrollTo(0, 0);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('rows');
    if (before && before.listId !== this.rows?.listId) this.active = 0;
  }

  protected override firstUpdated(): void {
    if (this.frame) this.sizes.observe(this.frame);
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('rows')) this.onScroll();
    this.ask();
  }

  protected override render(): TemplateResult {
    const { rows, times } = this;
    const length = this.length;
    const last = Math.min(length, this.last);
    const indexes = Array.from(
      { length: Math.max(0, last - this.first) },
      (_, offset) => this.first + offset,
    );
    return html`<div class="grid" role="grid" aria-label="Requests" tabindex="0" aria-rowcount=${rows?.total === undefined ? -1 : rows.total + 1}
      aria-activedescendant=${length > 0 ? rowId(this.active) : ''} @keydown=${this.onKey} @scroll=${this.onScroll}>
      <div role="rowgroup" class="grid-head"><div class="row head" role="row" aria-rowindex="1">${columns.map(column => this.head(column))}</div></div>
      <div role="rowgroup" class="grid-body" @click=${this.onClick}>
        <div class="gap" aria-hidden="true" .style=${`height:${this.first * this.rowHeight}px`}></div>
        ${times ? indexes.map(index => this.row(index, times)) : ''}
        <div class="gap" aria-hidden="true" .style=${`height:${(length - last) * this.rowHeight}px`}></div>
      </div>
    </div>`;
  }

  private get frame(): HTMLElement | null {
    return this.querySelector('.grid');
  }

  /** Rows that can be scrolled to. One more than there are stands for the next page. */
  private get length(): number {
    const { rows } = this;
    return rows ? rows.reached + (rows.isOpen ? 1 : 0) : 0;
  }

  private get last(): number {
    return this.first + Math.ceil(this.viewHeight / this.rowHeight) + 2 * margin;
  }

  private head({ name, title, sort, isNumber }: Column): TemplateResult {
    const className = `cell ${name} ${isNumber ? 'number' : ''}`;
    if (!sort) return html`<span class=${className} role="columnheader">${title}</span>`;
    const isSorted = this.order.sort === sort;
    const direction = this.order.ascending ? 'ascending' : 'descending';
    return html`<span class=${className} role="columnheader" aria-sort=${isSorted ? direction : 'none'}
      ><button type="button" class="sort" data-part="sort-${name}" @click=${() => this.sortBy(sort)}
        >${title}${isSorted ? (this.order.ascending ? icons.arrowUp : icons.arrowDown) : ''}</button></span>`;
  }

  private row(index: number, times: Times): TemplateResult {
    const place = { index, isActive: index === this.active, nowMs: this.nowMs };
    const row = this.rows?.at(index);
    return row ? requestRow(row, times, place) : emptyRow(place);
  }

  private sortBy(sort: RowSort): void {
    const ascending = this.order.sort === sort && !this.order.ascending;
    this.dispatchEvent(
      new CustomEvent<ListOrder>(orderEvent, { bubbles: true, detail: { sort, ascending } }),
    );
  }

  private ask(): void {
    const { rows } = this;
    if (!rows) return;
    for (const index of rows.want(this.first, this.last)) {
      postToHost(this, { type: 'page', listId: rows.listId, index });
    }
  }

  private readonly onScroll = (): void => {
    const top = this.frame?.scrollTop ?? 0;
    this.first = Math.max(0, Math.floor(top / this.rowHeight) - margin);
  };

  private readonly onClick = (event: Event): void => {
    const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null;
    if (!row || getSelection()?.isCollapsed === false) return;
    this.active = Number(row.getAttribute('aria-rowindex')) - 2;
    this.open();
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor(this.viewHeight / this.rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.length,
      End: this.length,
    };
    const step = steps[event.key];
    if (step === undefined && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (step === undefined) this.open();
    else this.moveBy(step);
  };

  private moveBy(step: number): void {
    this.active = Math.max(0, Math.min(this.length - 1, this.active + step));
    const { frame } = this;
    if (!frame) return;
    const top = this.active * this.rowHeight;
    if (top < frame.scrollTop) frame.scrollTop = top;
    const bottom = top + this.rowHeight - this.viewHeight;
    if (bottom > frame.scrollTop) frame.scrollTop = bottom;
    this.onScroll();
  }

  private open(): void {
    const row = this.rows?.at(this.active);
    if (row) this.dispatchEvent(new CustomEvent<UsageRow>(openRowEvent, { bubbles: true, detail: row }));
  }

  private measure(): void {
    const { frame } = this;
    const row = frame?.querySelector('.grid-body > .row');
    const head = frame?.querySelector('.grid-head');
    if (!frame) return;
    this.viewHeight = frame.clientHeight - (head?.clientHeight ?? 0);
    this.rowHeight = row?.getBoundingClientRect().height || this.rowHeight;
    this.onScroll();
    this.requestUpdate();
  }
}
