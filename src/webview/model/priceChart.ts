import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { formatCount } from '../../core/base/formatCount';
import type { ChartMark, ChartPoint, PriceQuality } from '../../core/models/page/priceQuality';
import { postToHost } from '../shared/pageEvents';
import type { Dot } from './chartLabels';
import { type ChartLayout, layOutChart } from './chartLayout';
import { chartPicture, markShape } from './chartPicture';
import { markNames, priceText } from './chartTexts';

/** The pointer finds a dot from this far. */
const reachPx = 16;
/** Half the room of the box beside a dot. */
const tipRoomPx = 122;

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** All models by price and quality: a scatter plot that the keyboard moves through, and the same as a table. */
export class PriceChart extends LitElement {
  static override readonly properties = {
    chart: { attribute: false },
    size: { state: true },
    pointed: { state: true },
    current: { state: true },
  };
  declare chart: PriceQuality | undefined;
  /** Of the picture, in pixels; undefined until it is measured. */
  declare size: PictureSize | undefined;
  /** The id of the model whose figures are shown. */
  declare pointed: string | undefined;
  /** The id of the one that the keyboard is at. */
  declare current: string | undefined;
  private layout: ChartLayout | undefined;
  private readonly sizes = new ResizeObserver(() => this.measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { chart, size } = this;
    if (changed.has('chart')) {
      this.pointed = undefined;
      this.current = chart?.points.find(({ mark }) => mark === 'this')?.id ?? chart?.points[0]?.id;
    }
    if (chart && size && (changed.has('chart') || changed.has('size')))
      this.layout = layOutChart(chart.points, size.width, size.height);
  }

  protected override updated(): void {
    const frame = this.querySelector('.plot');
    if (frame) this.sizes.observe(frame);
  }

  protected override render(): TemplateResult {
    const { chart } = this;
    if (!chart) return html``;
    return html`<h2 id="chart-title">Price and quality of all models</h2>
      <p data-part="comparison">${chart.comparison}</p>
      ${chart.points.length === 0 ? nothing : this.plot(chart)}
      <p class="note" data-part="not-shown" data-value=${chart.total - chart.points.length}>${notShown(chart)}</p>
      <ask-price-table .chart=${chart}></ask-price-table>`;
  }

  private plot(chart: PriceQuality): TemplateResult {
    const { layout } = this;
    return html`<p class="note">Coding index of ${chart.source} against USD per million tokens, input to output ${chart.ratio}${
      chart.isOwnRatio ? ', your own ratio of the last 90 days' : ', as is usual for questions about code'
    }. The price scale is logarithmic.</p>
      <p class="chart-legend" aria-hidden="true">${legendMarks(chart.points).map(
        mark =>
          html`<span><svg class="legend-mark ${mark}" viewBox="-9 -9 18 18">${markShape(mark)}</svg>${markNames[mark]}</span>`,
      )}</p>
      <div class="plot" data-part="price-quality" @pointermove=${this.onPointer} @pointerleave=${this.onLeave} @click=${this.onClick}
        @keydown=${this.onKey} @focusin=${this.onFocus} @focusout=${this.onLeave}>
        ${layout ? chartPicture(layout, { chart, pointed: this.pointed, current: this.current }) : nothing}
        ${this.tip()}
      </div>`;
  }

  /** The figures of the dot that is pointed at; its own name says the same to screen readers. */
  private tip(): TemplateResult | typeof nothing {
    const dot = this.layout?.dots.find(({ point }) => point.id === this.pointed);
    if (!dot || !this.layout) return nothing;
    const x = Math.max(tipRoomPx, Math.min(this.layout.width - tipRoomPx, dot.x));
    const isBelow = dot.y < 90;
    return html`<div class="tip ${isBelow ? 'below' : ''}" data-part="chart-tip" aria-hidden="true" .style=${`left:${x}px;top:${dot.y}px`}>
      <strong>${dot.point.name}</strong>
      <span>${priceText(dot.point)}</span>
      <span>Coding index ${dot.point.index}</span>
      ${dot.point.mark === 'other' ? nothing : html`<span>${markNames[dot.point.mark]}</span>`}
    </div>`;
  }

  private readonly onPointer = (event: PointerEvent): void => {
    const frame = event.currentTarget;
    if (!(frame instanceof HTMLElement)) return;
    const { left, top } = frame.getBoundingClientRect();
    this.pointed = this.nearest(event.clientX - left, event.clientY - top)?.point.id;
  };

  /** Of those that lie upon one another the one that matters most to the user. */
  private nearest(x: number, y: number): Dot | undefined {
    let best: Dot | undefined;
    let bestDistance = reachPx;
    for (const dot of this.layout?.dots ?? []) {
      const distance = Math.hypot(dot.x - x, dot.y - y) - (dot.point.mark === 'other' ? 0 : 3);
      if (distance >= bestDistance) continue;
      bestDistance = distance;
      best = dot;
    }
    return best;
  }

  private readonly onLeave = (): void => {
    this.pointed = undefined;
  };

  private readonly onClick = (): void => {
    if (this.pointed !== undefined) this.show(this.pointed);
  };

  private readonly onFocus = ({ target }: FocusEvent): void => {
    const id = target instanceof Element ? target.getAttribute('data-value') : null;
    if (id === null) return;
    this.pointed = id;
    this.current = id;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.pointed = undefined;
    if (this.current === undefined || !this.chart) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.show(this.current);
      return;
    }
    const next = nextPoint(this.chart.points, this.current, event.key);
    if (!next) return;
    event.preventDefault();
    this.current = next.id;
    void this.updateComplete.then(() =>
      this.querySelector<SVGElement>(`[data-value="${CSS.escape(next.id)}"].dot`)?.focus(),
    );
  };

  private show(id: string): void {
    postToHost(this, { type: 'show', model: id });
  }

  /** The frame has a height of its own, so that the picture in it never changes what is measured. */
  private measure(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = this.querySelector('.plot') ?? {};
    this.size = width > 0 ? { width, height } : undefined;
  }
}

/** Left and right go by price, up and down by quality. */
function nextPoint(points: readonly ChartPoint[], id: string, key: string): ChartPoint | undefined {
  const isByIndex = key === 'ArrowUp' || key === 'ArrowDown';
  const order = isByIndex ? points.toSorted((a, b) => a.index - b.index) : points;
  const at = order.findIndex(point => point.id === id);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    Home: 0,
    End: order.length - 1,
  };
  const next = steps[key];
  return next === undefined ? undefined : order[Math.max(0, Math.min(order.length - 1, next))];
}

const legendMarks = (points: readonly ChartPoint[]): readonly ChartMark[] => {
  const used = new Set(points.map(({ mark }) => mark));
  return (['this', 'favourite', 'used', 'other'] as const).filter(mark => used.has(mark));
};

function notShown({ points, total, withoutIndex, withoutPrice }: PriceQuality): string {
  const parts = [
    ...(withoutIndex > 0 ? [`${formatCount(withoutIndex)} have no coding index`] : []),
    ...(withoutPrice > 0 ? [`${formatCount(withoutPrice)} have one, but no fixed price`] : []),
  ];
  const shown = `${formatCount(points.length)} of ${formatCount(total)} models are shown`;
  return parts.length === 0 ? `${shown}.` : `${shown}; of the others ${parts.join(' and ')}.`;
}
