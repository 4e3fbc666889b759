import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ChartPoint, PriceQuality } from '../../core/models/page/priceQuality';
import { postToHost } from '../shared/pageEvents';
import { markNames, shortUsd } from './chartTexts';
import { icons } from './icons';

type Column = 'name' | 'price' | 'index' | 'mark';

const columns: readonly (readonly [Column, title: string])[] = [
  ['name', 'Model'],
  ['price', 'USD per 1M tokens'],
  ['index', 'Coding index'],
  ['mark', 'Yours'],
];

const marks = ['this', 'favourite', 'used', 'other'] as const;

/** What comes first by each column. */
const orders: Readonly<Record<Column, (a: ChartPoint, b: ChartPoint) => number>> = {
  name: (a, b) => a.name.localeCompare(b.name, 'en'),
  price: (a, b) => Number(a.usd) - Number(b.usd),
  index: (a, b) => b.index - a.index,
  mark: (a, b) => marks.indexOf(a.mark) - marks.indexOf(b.mark),
};
/** Where the larger comes first. */
const descending: ReadonlySet<Column> = new Set(['index']);

/** The figures of the chart as a table; its rows exist only while it is unfolded. */
export class PriceTable extends LitElement {
  static override readonly properties = {
    chart: { attribute: false },
    isOpen: { state: true },
    by: { state: true },
    isReversed: { state: true },
  };
  declare chart: PriceQuality | undefined;
  declare isOpen: boolean;
  declare by: Column;
  declare isReversed: boolean;

  constructor() {
    super();
    this.isOpen = false;
    this.by = 'price';
    this.isReversed = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { chart } = this;
    if (!chart || chart.points.length === 0) return html``;
    return html`<details class="fold" data-part="price-quality-table" @toggle=${({ target }: Event) => {
      this.isOpen = target instanceof HTMLDetailsElement && target.open;
    }}><summary>Show as table</summary>${this.isOpen ? this.table(chart) : nothing}</details>`;
  }

  private table({ points, ratio, source }: PriceQuality): TemplateResult {
    const order = orders[this.by];
    const rows = points.toSorted((a, b) => (this.isReversed ? order(b, a) : order(a, b)));
    return html`<div class="table-frame twin-frame"><table class="twin">
      <caption class="visually-hidden">Price, input to output ${ratio}, and coding index of ${source}</caption>
      <thead><tr>${columns.map(([column, title]) => this.head(column, title))}</tr></thead>
      <tbody>${rows.map(point => this.row(point))}</tbody>
    </table></div>`;
  }

  private head(column: Column, title: string): TemplateResult {
    const isNumber = column === 'price' || column === 'index';
    const isAscending = descending.has(column) === this.isReversed;
    const isSorted = column === this.by;
    return html`<th scope="col" class=${isNumber ? 'number' : nothing} aria-sort=${isSorted ? (isAscending ? 'ascending' : 'descending') : 'none'}
      ><button type="button" class="sort" data-part="sort-${column}" @click=${() => this.sortBy(column)}
      >${title}${isSorted ? (isAscending ? icons.arrowUp : icons.arrowDown) : nothing}</button></th>`;
  }

  private row({ id, name, usd, index, mark }: ChartPoint): TemplateResult {
    return html`<tr data-part="price-quality-row" data-value=${id}>
      <th scope="row"><button type="button" class="link" title=${id} @click=${() => postToHost(this, { type: 'show', model: id })}>${name}</button></th>
      <td class="number" data-value=${usd}>${Number(usd) === 0 ? 'free' : shortUsd(usd)}</td>
      <td class="number" data-value=${index}>${index}</td>
      <td>${mark === 'other' ? '' : markNames[mark]}</td>
    </tr>`;
  }

  private sortBy(column: Column): void {
    this.isReversed = this.by === column && !this.isReversed;
    this.by = column;
  }
}
