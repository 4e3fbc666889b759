import { describeTotals } from '../../core/ledger/totalsText';
import { compactUsd, displayUsd } from '../../core/money/pico';
import { fromTotalsFigures, type TotalsFigures, toPico, type UsageRow } from '../../protocol/usageFigures';

/** Short: `$0.42`. */
export const shortUsd = (usd: string): string => compactUsd(toPico(usd));

/** To the last digit: `$0.000495`. */
export const exactUsd = (usd: string): string => displayUsd(toPico(usd));

/** `$0.42 + ≈$0.01 estimated + 2 pending` */
export const totalsText = (totals: TotalsFigures): string => describeTotals(fromTotalsFigures(totals));

/** What stands beside the billed figure: `+ ≈$0.01 estimated + 2 pending`; empty when nothing does. */
export function besidesText(totals: TotalsFigures): string {
  const [, ...others] = totalsText(totals).split(' + ');
  return others.map(text => `+ ${text}`).join(' ');
}

/** `$0.000495`, `≈$0.01`, `free`, `pending`, `unknown` */
export function costText({ costUsd, costState }: Pick<UsageRow, 'costUsd' | 'costState'>): string {
  if (costState === 'free' || costUsd === undefined) return costState;
  return costState === 'estimated' ? `≈${exactUsd(costUsd)}` : exactUsd(costUsd);
}
