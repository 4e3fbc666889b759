import type { LedgerEntry, Totals } from './ledger';
import type { Period } from './period';

export const emptyTotals: Totals = {
  requests: 0,
  spentPico: 0n,
  estimatedPico: 0n,
  estimatedRequests: 0,
  pendingRequests: 0,
  heldPico: 0n,
  unknownRequests: 0,
};

/** The sums of `entries`, each kind of figure apart. */
export function sumEntries(entries: Iterable<LedgerEntry>): Totals {
  let totals = emptyTotals;
  for (const entry of entries) totals = addTotals(totals, toTotals(entry));
  return totals;
}

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    requests: a.requests + b.requests,
    spentPico: a.spentPico + b.spentPico,
    estimatedPico: a.estimatedPico + b.estimatedPico,
    estimatedRequests: a.estimatedRequests + b.estimatedRequests,
    pendingRequests: a.pendingRequests + b.pendingRequests,
    heldPico: a.heldPico + b.heldPico,
    unknownRequests: a.unknownRequests + b.unknownRequests,
  };
}

export function subtractTotals(a: Totals, b: Totals): Totals {
  return addTotals(a, {
    requests: -b.requests,
    spentPico: -b.spentPico,
    estimatedPico: -b.estimatedPico,
    estimatedRequests: -b.estimatedRequests,
    pendingRequests: -b.pendingRequests,
    heldPico: -b.heldPico,
    unknownRequests: -b.unknownRequests,
  });
}

export function isInPeriod(startedAt: number, { fromMs, toMs }: Period): boolean {
  return (fromMs === undefined || startedAt >= fromMs) && (toMs === undefined || startedAt < toMs);
}

function toTotals({ costState, costPico = 0n, reservedPico = 0n }: LedgerEntry): Totals {
  const one = { ...emptyTotals, requests: 1 };
  switch (costState) {
    case 'billed':
    case 'settled':
    case 'free':
      return { ...one, spentPico: costPico };
    case 'estimated':
      return { ...one, estimatedPico: costPico, estimatedRequests: 1 };
    case 'pending':
      return { ...one, pendingRequests: 1, heldPico: reservedPico };
    case 'unknown':
      return { ...one, unknownRequests: 1, heldPico: reservedPico };
  }
}
