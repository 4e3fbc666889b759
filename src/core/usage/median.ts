import { divideHalfEven, type Pico } from '../money/pico';

/** The value in the middle; undefined of none. */
export function medianPico(values: readonly Pico[]): Pico | undefined {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const last = sorted.length - 1;
  const [below, above] = [sorted[Math.floor(last / 2)], sorted[Math.ceil(last / 2)]];
  return below === undefined || above === undefined ? undefined : divideHalfEven(below + above, 2n);
}
