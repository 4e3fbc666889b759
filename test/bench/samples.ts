import { quantile } from '../../src/core/money/estimate';
import type { Row } from './bench';

/** Values of both sides, in the order they were measured. */
export interface Pair {
  readonly ours: readonly number[];
  readonly bare: readonly number[];
}

/** Measures both sides in turn, so that whatever else the machine does meets both alike. */
export async function interleave(
  repetitions: number,
  sides: { readonly [Side in keyof Pair]: () => Promise<number> },
): Promise<Pair> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    // Each side goes first every other time.
    if (repetition % 2 === 0) ours.push(await sides.ours());
    bare.push(await sides.bare());
    if (repetition % 2 === 1) ours.push(await sides.ours());
  }
  return { ours, bare };
}

/** As {@link interleave}, once each side has run for nothing: what is measured is code that has run before. */
export async function interleaveWarm(
  repetitions: number,
  measure: (side: keyof Pair) => Promise<number>,
): Promise<Pair> {
  await measure('ours');
  await measure('bare');
  return interleave(repetitions, { ours: () => measure('ours'), bare: () => measure('bare') });
}

/** How long each of `count` runs of `work` took, ms. */
export async function times(count: number, work: () => Promise<void>): Promise<readonly number[]> {
  const durationsMs: number[] = [];
  for (let index = 0; index < count; index++) {
    const before = performance.now();
    await work();
    durationsMs.push(performance.now() - before);
  }
  return durationsMs;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5) ?? Number.NaN;

/** Median and, in brackets, the smallest and largest value. */
export function spread(values: readonly number[], unit = 'ms'): string {
  const range = `${figure(Math.min(...values))}–${figure(Math.max(...values))}`;
  return `${figure(median(values))} ${unit} (${range})`;
}

/** The same number of digits that count, whatever the size. */
export function figure(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** How the two sides compare: by their medians and, in brackets, the range of the single rounds. */
function ratioText({ ours, bare }: Pair): string {
  const rounds = ours.map((value, round) => value / (bare[round] ?? Number.NaN));
  const range = `${Math.min(...rounds).toFixed(2)}–${Math.max(...rounds).toFixed(2)}`;
  return `${(median(ours) / median(bare)).toFixed(2)} × (${range})`;
}

/** A row that holds when the median is at most `limit` times the bare one. */
export function ratioRow(what: string, { ours, bare }: Pair, limit: number): Row {
  const ratio = median(ours) / median(bare);
  return {
    what,
    measured: spread(ours),
    bare: spread(bare),
    comparison: ratioText({ ours, bare }),
    bound: `≤ ${limit} ×`,
    isMet: ratio <= limit,
  };
}

/** A row that holds when the median is at most `limitMs` above the bare one. */
export function differenceRow(what: string, { ours, bare }: Pair, limitMs: number): Row {
  const differenceMs = median(ours) - median(bare);
  return {
    what,
    measured: spread(ours),
    bare: spread(bare),
    comparison: `${differenceMs < 0 ? '−' : '+'}${figure(Math.abs(differenceMs))} ms`,
    bound: `≤ +${limitMs} ms`,
    isMet: differenceMs <= limitMs,
  };
}

/** A row that holds when the median is at most `limitMs`. */
export function limitRow(what: string, values: readonly number[], limitMs: number): Row {
  return {
    what,
    measured: spread(values),
    bound: `≤ ${limitMs} ms`,
    isMet: median(values) <= limitMs,
  };
}

/** A row without a bound. */
export const toldRow = (what: string, values: readonly number[]): Row => ({ what, measured: spread(values) });
