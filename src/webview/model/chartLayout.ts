import type { ChartMark, ChartPoint } from '../../core/models/page/priceQuality';
import { type Box, type Dot, type PlacedLabel, placeLabels } from './chartLabels';

/** Where everything of the chart stands, in pixels of its picture. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly plot: Box;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly dots: readonly Dot[];
  readonly labels: readonly PlacedLabel[];
  /** Where the free models stand; undefined when there are none. */
  readonly freeX: number | undefined;
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

const margin = { top: 14, right: 14, bottom: 44, left: 40 };
/** Free models stand apart, since a price of 0 has no place on a logarithmic scale. */
const freeLane = 46;
/** More names would hide what they name. */
const mostLabels = 12;
const markOrder: readonly ChartMark[] = ['this', 'favourite', 'used'];

export function layOutChart(points: readonly ChartPoint[], width: number, height: number): ChartLayout {
  const hasFree = points.some(({ usd }) => Number(usd) === 0);
  const plot = {
    left: margin.left + (hasFree ? freeLane : 0),
    right: width - margin.right,
    top: margin.top,
    bottom: height - margin.bottom,
  };
  const freeX = hasFree ? margin.left + freeLane / 2 : undefined;
  const xOf = priceScale(points, plot);
  const best = Math.max(10, ...points.map(({ index }) => index));
  const most = Math.ceil(best / 10) * 10;
  const yOf = (index: number): number => plot.bottom - (index / most) * (plot.bottom - plot.top);
  const dots = points.map(point => ({
    point,
    x: Number(point.usd) === 0 ? (freeX ?? plot.left) : xOf.of(Number(point.usd)),
    y: yOf(point.index),
  }));
  const named = markOrder
    .flatMap(mark => dots.filter(({ point }) => point.mark === mark))
    .slice(0, mostLabels);
  const area = { left: margin.left, right: width, top: 0, bottom: plot.bottom };
  return {
    width,
    height,
    plot: { ...plot, left: margin.left },
    xTicks: xOf.ticks,
    yTicks: rangeTo(most, most > 50 ? 20 : 10).map(index => ({ at: yOf(index), text: String(index) })),
    dots,
    labels: placeLabels(named, dots, area),
    freeX,
  };
}

const rangeTo = (most: number, step: number): readonly number[] =>
  Array.from({ length: Math.floor(most / step) + 1 }, (_, count) => count * step);

/** Narrower, and two ticks would touch. */
const tickRoom = 46;

function priceScale(points: readonly ChartPoint[], { left, right }: Box) {
  const logs = points.map(({ usd }) => Math.log10(Number(usd))).filter(Number.isFinite);
  const [least, most] = logs.length === 0 ? [0, 1] : [Math.min(...logs), Math.max(...logs)];
  const room = Math.max(0.15, (most - least) * 0.04);
  const [from, to] = [least - room, most + room];
  const of = (usd: number): number => left + ((Math.log10(usd) - from) / (to - from)) * (right - left);
  const decade = (right - left) / (to - from);
  const steps = decade > 3 * tickRoom ? [1, 2, 5] : decade > 1.6 * tickRoom ? [1, 3] : [1];
  const ticks: Tick[] = [];
  for (let power = Math.floor(from); power <= to; power += 1) {
    for (const step of steps) {
      const usd = step * 10 ** power;
      if (Math.log10(usd) >= from && Math.log10(usd) <= to) ticks.push({ at: of(usd), text: tickText(usd) });
    }
  }
  return { of, ticks };
}

const tickText = (usd: number): string =>
  `$${Number(usd.toPrecision(2)).toLocaleString('en-US', { maximumFractionDigits: 6 })}`;
