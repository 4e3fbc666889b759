import { compactUsd } from '../money/pico';
import type { Totals } from './ledger';

/** What rows add up to, each kind of figure named: `$0.42 + ≈$0.01 estimated + 2 pending`; `…` until it is read. */
export function describeTotals(totals: Totals | undefined): string {
  if (totals === undefined) return '…';
  const { spentPico, estimatedPico, estimatedRequests, pendingRequests, unknownRequests } = totals;
  const parts = [
    compactUsd(spentPico),
    estimatedRequests > 0 ? `≈${compactUsd(estimatedPico)} estimated` : '',
    pendingRequests > 0 ? `${pendingRequests} pending` : '',
    unknownRequests > 0 ? `${unknownRequests} unknown` : '',
  ];
  return parts.filter(Boolean).join(' + ');
}
