import type { LedgerEntry } from '../ledger/ledger';
import type { CostState } from '../money/cost';

/** How a request's ending is called; `started` ones still run. */
export const outcomeLabels: Readonly<Record<LedgerEntry['outcome'], string>> = {
  started: 'running',
  completed: 'completed',
  truncated: 'truncated',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};

/** What each kind of figure is, for whoever sees the word for the first time. */
export const costMeanings: Readonly<Record<CostState, string>> = {
  billed: 'OpenRouter named the cost in the answer itself.',
  settled: 'The answer ended without a cost, and OpenRouter named it afterwards.',
  pending: 'Sent, and the cost is not known yet. It is asked for until OpenRouter knows it.',
  estimated: 'OpenRouter never named the cost: worked out from the price list.',
  free: 'Billed or priced at exactly zero.',
  unknown: 'Neither billed nor priced. Never counted as zero.',
};
