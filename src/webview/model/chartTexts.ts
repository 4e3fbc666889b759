import type { ChartMark, ChartPoint } from '../../core/models/page/priceQuality';

export const markNames: Readonly<Record<ChartMark, string>> = {
  this: 'This model',
  favourite: 'Your favourite',
  used: 'You have used it',
  other: 'Other models',
};

/** `$3.75 per million tokens`, `free`; short enough to be read. */
export function priceText({ usd }: Pick<ChartPoint, 'usd'>): string {
  return Number(usd) === 0 ? 'free' : `${shortUsd(usd)} per million tokens`;
}

/** Four digits that count: `$3.75`, `$0.0375`. */
export const shortUsd = (usd: string): string =>
  `$${Number(usd).toLocaleString('en-US', { maximumSignificantDigits: 4 })}`;
