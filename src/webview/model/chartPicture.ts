import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { ChartMark, PriceQuality } from '../../core/models/page/priceQuality';
import type { Dot, PlacedLabel } from './chartLabels';
import type { ChartLayout } from './chartLayout';
import { markNames, priceText } from './chartTexts';

interface Shown {
  readonly chart: PriceQuality;
  readonly pointed: string | undefined;
  /** The one dot that Tab reaches. */
  readonly current: string | undefined;
}

/** The scatter plot. What is the user's own has a shape of its own, and stands above the rest. */
export function chartPicture(layout: ChartLayout, shown: Shown): TemplateResult {
  const { width, height, dots, labels } = layout;
  const { chart } = shown;
  const own = dots.filter(({ point }) => point.mark !== 'other');
  const others = dots.filter(({ point }) => point.mark === 'other');
  return html`<svg class="scatter" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group"
    aria-label="Scatter plot of ${chart.points.length} models: arrow keys left and right go by price, up and down by coding index, Enter shows a model. The table below has the same figures."
    >${axes(layout, chart)}
    ${others.map(dot => dotMark(dot, shown))}
    ${labels.map(leader)}
    ${own.toReversed().map(dot => dotMark(dot, shown))}
    ${labels.map(({ text, x, y }) => svg`<text class="name" x=${x} y=${y} aria-hidden="true">${text}</text>`)}
  </svg>`;
}

function axes(
  { plot, xTicks, yTicks, freeX, height }: ChartLayout,
  { ratio }: PriceQuality,
): SVGTemplateResult {
  const { left, right, top, bottom } = plot;
  return svg`<g class="axes" aria-hidden="true">
    ${yTicks.map(
      ({ at, text }) => svg`<line class="grid" x1=${left} x2=${right} y1=${at} y2=${at}></line>
      <text x=${left - 6} y=${at + 4} text-anchor="end">${text}</text>`,
    )}
    ${xTicks.map(
      ({ at, text }) => svg`<line class="grid" x1=${at} x2=${at} y1=${top} y2=${bottom}></line>
      <text x=${at} y=${bottom + 16} text-anchor="middle">${text}</text>`,
    )}
    ${
      freeX === undefined
        ? nothing
        : svg`<line class="apart" x1=${2 * freeX - left} x2=${2 * freeX - left} y1=${top} y2=${bottom}></line>
      <text x=${freeX} y=${bottom + 16} text-anchor="middle">free</text>`
    }
    <line class="axis" x1=${left} x2=${right} y1=${bottom} y2=${bottom}></line>
    <text class="axis-name" x=${(left + right) / 2} y=${height - 6} text-anchor="middle">USD per million tokens, ${ratio}, logarithmic</text>
    <text class="axis-name" transform="translate(11 ${(top + bottom) / 2}) rotate(-90)" text-anchor="middle">Coding index</text>
  </g>`;
}

function dotMark({ point, x, y }: Dot, { pointed, current }: Shown): SVGTemplateResult {
  const { id, name, mark, index } = point;
  const whose = mark === 'other' ? '' : `, ${markNames[mark].toLowerCase()}`;
  return svg`<g class="dot ${mark} ${id === pointed ? 'pointed' : ''}" transform="translate(${x} ${y})" role="button"
    tabindex=${id === current ? 0 : -1} data-part="chart-dot" data-value=${id} data-kind=${mark}
    aria-label="${name}: ${priceText(point)}, coding index ${index}${whose}"
    >${id === pointed ? svg`<circle class="ring" r="11"></circle>` : nothing}${markShape(mark)}</g>`;
}

/** Around 0, 0. */
export function markShape(mark: ChartMark): SVGTemplateResult {
  switch (mark) {
    case 'this':
      return svg`<path d="M0 -8 L8 0 L0 8 L-8 0 Z"></path>`;
    case 'favourite':
      return svg`<path d="M0 -8 L2.1 -2.9 L7.6 -2.5 L3.4 1.1 L4.7 6.5 L0 3.6 L-4.7 6.5 L-3.4 1.1 L-7.6 -2.5 L-2.1 -2.9 Z"></path>`;
    case 'used':
      return svg`<rect x="-5" y="-5" width="10" height="10"></rect>`;
    case 'other':
      return svg`<circle r="3.5"></circle>`;
  }
}

function leader({ x, y, text, dot, isFar }: PlacedLabel): SVGTemplateResult | typeof nothing {
  if (!isFar) return nothing;
  const width = text.length * 6.4;
  const endX = Math.max(x, Math.min(x + width, dot.x));
  const endY = dot.y < y - 6 ? y - 10 : y + 2;
  return svg`<line class="leader" x1=${dot.x} y1=${dot.y} x2=${endX} y2=${endY}></line>`;
}
