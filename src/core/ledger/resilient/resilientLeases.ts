import { LedgerFault } from '../../money/ledgerFault';
import type { LedgerLeases } from '../ledgerLeases';

/** `leases` to which a fault of the file means that there is nothing to do now; `note` hears of it. */
export function resilientLeases(leases: LedgerLeases, note: (fault: LedgerFault) => void): LedgerLeases {
  const orElse = async <T>(call: Promise<T>, without: T): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
      note(error);
      return without;
    }
  };
  return {
    recover: nowMs => orElse(leases.recover(nowMs), []),
    claim: (nowMs, leaseMs, count) => orElse(leases.claim(nowMs, leaseMs, count), []),
    postpone: (id, dueAtMs) => orElse(leases.postpone(id, dueAtMs), undefined),
    settle: (id, patch) => orElse(leases.settle(id, patch), false),
    nextDueMs: () => orElse(leases.nextDueMs(), undefined),
  };
}
