import { compactUsd, displayUsd } from '../../core/money/pico';
import { describeTotals } from '../../core/money/totalsText';
import { fromSpendTotals, type SpendTotals, toPico, type UsageRow } from '../../protocol/spendFigures';

/** 1,234 */
export const formatCount = (count: number): string => count.toLocaleString('en-US');

/** `1 request`, `1,234 requests` */
export const countOf = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Short: `$0.42`. */
export const shortUsd = (usd: string): string => compactUsd(toPico(usd));

/** To the last digit: `$0.000495`. */
export const exactUsd = (usd: string): string => displayUsd(toPico(usd));

/** `$0.42 + ≈$0.01 estimated + 2 pending` */
export const totalsText = (totals: SpendTotals): string => describeTotals(fromSpendTotals(totals));

/** What stands beside the billed figure: `+ ≈$0.01 estimated + 2 pending`; empty when nothing does. */
export function besidesText(totals: SpendTotals): string {
  const [, ...others] = totalsText(totals).split(' + ');
  return others.map(text => `+ ${text}`).join(' ');
}

/** `$0.000495`, `≈$0.01`, `free`, `pending`, `unknown` */
export function costText({ costUsd, costState }: Pick<UsageRow, 'costUsd' | 'costState'>): string {
  if (costState === 'free' || costUsd === undefined) return costState;
  return costState === 'estimated' ? `≈${exactUsd(costUsd)}` : exactUsd(costUsd);
}

/** `0.8 s`, `12 s`, `2 min 5 s` */
export function formatDuration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
