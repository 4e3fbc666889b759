import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type UPlot from 'uplot';
import { countText } from '../../core/base/formatCount';
import type { TotalsFigures } from '../../protocol/usageFigures';
import type { UsageChart as Chart } from '../../protocol/usageState';
import { drawPlot } from './chartPlot';
import { chartTable } from './chartTable';
import { totalsText } from './figures';
import type { Times } from './times';

const unitNames = { hour: 'hour', day: 'day', week: 'week', month: 'month' } as const;

/** Fired with the time span of the bar that was chosen. */
export const spanEvent = 'pick-span';
export interface SpanPick {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Spending over time as bars, with the same figures as a table for screen readers and the keyboard. */
export class UsageChart extends LitElement {
  static override readonly properties = {
    chart: { attribute: false },
    times: { attribute: false },
    pointed: { state: true },
  };
  declare chart: Chart | undefined;
  declare times: Times | undefined;
  declare pointed: number | undefined;
  private plot: UPlot | undefined;
  private readonly sizes = new ResizeObserver(() => this.resize());
  private readonly themes = new MutationObserver(() => this.draw());

  override connectedCallback(): void {
    super.connectedCallback();
    this.themes.observe(document.body, { attributeFilter: ['class'] });
    this.themes.observe(document.documentElement, { attributeFilter: ['style'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.themes.disconnect();
    this.sizes.disconnect();
    this.plot?.destroy();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('chart')) this.draw();
  }

  protected override render(): TemplateResult {
    const { chart, times } = this;
    if (!chart || !times) return html``;
    const unit = unitNames[chart.unit];
    return html`<h2 id="chart-title">Spent per ${unit}</h2>
      <p class="caption" aria-hidden="true">${this.caption(chart, times)}</p>
      <div class="plot" data-part="chart" role="img" aria-label=${this.description(chart, times)}></div>
      <p class="legend" aria-hidden="true">
        <span class="swatch billed"></span>Billed and settled
        <span class="swatch estimated"></span>Estimated
      </p>
      ${chartTable(chart, times, index => this.pick(index))}`;
  }

  private caption(chart: Chart, times: Times): string {
    const index = this.pointed;
    const totals = index === undefined ? undefined : chart.spans[index];
    if (index === undefined || !totals)
      return 'Point at a bar for its figures; click it to list its requests.';
    const name = times.span(chart.boundariesMs[index] ?? 0, chart.unit);
    return `${name}: ${totalsText(totals)}, ${countText(totals.requests, 'request')}`;
  }

  private description({ spans, unit, boundariesMs }: Chart, times: Times): string {
    const mostExpensive = spans.reduce((best, totals, index) => {
      return usdNumber(totals) > usdNumber(spans[best]) ? index : best;
    }, 0);
    const totals = spans[mostExpensive];
    const most = totals
      ? ` Most: ${totalsText(totals)}, ${times.span(boundariesMs[mostExpensive] ?? 0, unit)}.`
      : '';
    return `Bar chart of ${countText(spans.length, unitNames[unit])}.${most} The table below has all figures.`;
  }

  private draw(): void {
    const { chart, times } = this;
    const target = this.querySelector<HTMLElement>('.plot');
    this.plot?.destroy();
    this.plot = undefined;
    if (!chart || !times || !target) return;
    const { spans, unit, boundariesMs } = chart;
    this.plot = drawPlot(
      target,
      {
        spent: spans.map(({ spentUsd }) => Number(spentUsd)),
        estimated: spans.map(({ estimatedUsd }) => Number(estimatedUsd)),
        tick: index => times.tick(boundariesMs[index] ?? 0, unit),
      },
      {
        onPoint: index => {
          this.pointed = index;
        },
        onPick: index => this.pick(index),
      },
    );
    this.sizes.observe(target);
  }

  private resize(): void {
    const width = this.querySelector('.plot')?.clientWidth;
    if (this.plot && width && width !== this.plot.width) {
      this.plot.setSize({ width, height: this.plot.height });
    }
  }

  private pick(index: number): void {
    const [fromMs, toMs] = [this.chart?.boundariesMs[index], this.chart?.boundariesMs[index + 1]];
    if (fromMs === undefined || toMs === undefined) return;
    const detail: SpanPick = { fromMs, toMs };
    this.dispatchEvent(new CustomEvent(spanEvent, { bubbles: true, detail }));
  }
}

const usdNumber = (totals: TotalsFigures | undefined): number =>
  Number(totals?.spentUsd ?? 0) + Number(totals?.estimatedUsd ?? 0);
