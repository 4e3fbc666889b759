import { addDays, addMonths, startOfDay, startOfWeek } from '../ledger/localDays';
import { toPeriod, type UsagePeriod } from '../ledger/usagePeriod';

export type SpanUnit = 'hour' | 'day' | 'week' | 'month';

/** The bars of a chart: one between each two neighbours of `boundariesMs`, ascending. */
export interface ChartSpans {
  readonly unit: SpanUnit;
  readonly boundariesMs: readonly number[];
}

const hourMs = 3_600_000;
/** Bars stay wide enough to point at. */
const mostBars = 400;

/**
 * Hours for today, days for anything longer, and weeks or months when the days of `all` would be too
 * many. `firstMs` is the start of the oldest request; `undefined` when there is none.
 */
export function toChartSpans(period: UsagePeriod, firstMs: number | undefined, nowMs: number): ChartSpans {
  const endMs = addDays(nowMs, 1);
  if (period === 'today') {
    return spans('hour', startOfDay(nowMs), endMs, ms => Math.min(ms + hourMs, endMs));
  }
  const fromMs = toPeriod(period, nowMs).fromMs ?? firstMs ?? nowMs;
  const days = (endMs - fromMs) / (24 * hourMs);
  if (days <= mostBars) return spans('day', startOfDay(fromMs), endMs, ms => addDays(ms, 1));
  if (days <= 7 * mostBars) return spans('week', startOfWeek(fromMs), endMs, ms => addDays(ms, 7));
  return spans('month', addMonths(fromMs, 0), endMs, ms => addMonths(ms, 1));
}

function spans(unit: SpanUnit, fromMs: number, endMs: number, next: (ms: number) => number): ChartSpans {
  const boundariesMs = [fromMs];
  for (let ms = fromMs; ms < endMs; ) {
    ms = next(ms);
    boundariesMs.push(ms);
  }
  return { unit, boundariesMs };
}
