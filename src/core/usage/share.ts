import type { Pico } from '../money/pico';

/** How much of `whole` `part` is, in percent with one decimal; 0 when there is no whole. */
export function percentOf(part: Pico, whole: Pico): number {
  return whole === 0n ? 0 : Number((part * 1000n + whole / 2n) / whole) / 10;
}

/** `0 %`, `<0.1 %`, `12.5 %`: something is never shown as nothing. */
export function percentText(part: Pico, whole: Pico): string {
  const percent = percentOf(part, whole);
  return percent === 0 && part > 0n ? '<0.1 %' : `${percent} %`;
}

/** {@link percentOf}, of a part that may be less than nothing. */
export const signedPercent = (part: Pico, whole: Pico): number =>
  part < 0n ? -percentOf(-part, whole) : percentOf(part, whole);
