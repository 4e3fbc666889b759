import UPlot from 'uplot';

/** What the plot draws: USD per bar, as numbers exact enough for heights. */
export interface PlotData {
  readonly spent: readonly number[];
  readonly estimated: readonly number[];
  readonly tick: (index: number) => string;
}

export interface PlotEvents {
  /** The pointer is over a bar; `undefined`: over none. */
  readonly onPoint: (index: number | undefined) => void;
  readonly onPick: (index: number) => void;
}

interface PlotColors {
  readonly billed: string;
  readonly estimated: string;
  readonly text: string;
  readonly grid: string;
}

const height = 190;
/** Half the width of the longest label, "26 Nov", and a little: the one of the last bar is centred under it. */
const roomRight = 26;
const tickIncrements = [1, 2, 3, 4, 5, 6, 7, 10, 14, 15, 21, 30, 60, 90, 120];

/** Draws the bars into `target`; it reads the colours from `target`'s style, so it must be drawn again when the theme changes. */
export function drawPlot(target: HTMLElement, data: PlotData, events: PlotEvents): UPlot {
  const colors = readColors(target);
  const count = data.spent.length;
  const plot = new UPlot(
    {
      width: Math.max(100, target.clientWidth),
      height,
      padding: [10, roomRight, 0, 0],
      legend: { show: false },
      cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: false, range: [-0.5, count - 0.5] },
        y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 1] },
      },
      axes: [
        {
          stroke: colors.text,
          grid: { show: false },
          ticks: { show: false },
          space: 64,
          incrs: tickIncrements,
          size: 28,
          values: (_plot, splits) => splits.map(index => (index in data.spent ? data.tick(index) : '')),
        },
        {
          stroke: colors.text,
          grid: { stroke: colors.grid, width: 1 },
          ticks: { show: false },
          size: 64,
          values: (_plot, splits) => splits.map(usd => (usd < 0 ? '' : axisUsd(usd))),
        },
      ],
      series: [{}, bar(hatch(colors.estimated)), bar(colors.billed)],
      hooks: { setCursor: [({ cursor }) => events.onPoint(cursor.idx ?? undefined)] },
    },
    [
      data.spent.map((_, index) => index),
      data.spent.map((usd, index) => usd + (data.estimated[index] ?? 0)),
      [...data.spent],
    ],
    target,
  );
  plot.over.addEventListener('click', () => {
    if (plot.cursor.idx !== null && plot.cursor.idx !== undefined) events.onPick(plot.cursor.idx);
  });
  return plot;
}

function bar(fill: string | CanvasPattern): UPlot.Series {
  const paths = UPlot.paths.bars?.({ size: [0.76, 56, 1], gap: 0 });
  return { paths, fill: () => fill, width: 0, points: { show: false } };
}

/** Stripes, because colour alone must not tell estimates from billed costs. */
function hatch(color: string): string | CanvasPattern {
  const size = 6;
  const tile = Object.assign(document.createElement('canvas'), { width: size, height: size });
  const context = tile.getContext('2d');
  if (!context) return color;
  context.strokeStyle = color;
  context.lineWidth = 2;
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift, size);
    context.lineTo(shift + size, 0);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? color;
}

function readColors(target: HTMLElement): PlotColors {
  const style = getComputedStyle(target);
  const read = (name: string) => style.getPropertyValue(name).trim() || style.color;
  return {
    billed: read('--chart-billed'),
    estimated: read('--chart-estimated'),
    text: read('--chart-text'),
    grid: read('--chart-grid'),
  };
}

function axisUsd(usd: number): string {
  return `$${usd.toLocaleString('en-US', { maximumSignificantDigits: 4 })}`;
}
