import type { LedgerEntry, LedgerPatch } from '../../../src/core/ledger/ledger';
import type { Claim, LedgerLeases } from '../../../src/core/ledger/ledgerLeases';
import { patched } from '../../../src/core/ledger/resilient/patched';
import type { MemoryRows } from './memoryRows';

interface Lease {
  readonly tries: number;
  readonly dueAtMs: number;
  readonly untilMs: number;
}

/** Leases within one window: every row is its own, and none is ever stale. */
export class MemoryLeases implements LedgerLeases {
  private readonly leases = new Map<string, Lease>();

  constructor(private readonly rows: MemoryRows) {}

  async recover(): Promise<readonly string[]> {
    return [];
  }

  async claim(nowMs: number, leaseMs: number, count: number): Promise<readonly Claim[]> {
    const due = this.pending()
      .filter(entry => this.claimableAt(entry) <= nowMs)
      .sort((a, b) => this.claimableAt(a) - this.claimableAt(b))
      .slice(0, count);
    return due.map(entry => {
      const lease = this.leaseOf(entry);
      this.leases.set(entry.id, { ...lease, untilMs: nowMs + leaseMs });
      return { entry, tries: lease.tries };
    });
  }

  async postpone(id: string, dueAtMs: number): Promise<void> {
    this.leases.set(id, { tries: (this.leases.get(id)?.tries ?? 0) + 1, dueAtMs, untilMs: 0 });
  }

  async settle(id: string, patch: LedgerPatch): Promise<boolean> {
    const entry = this.rows.get(id);
    if (entry?.costState !== 'pending') return false;
    this.rows.put(patched(entry, patch));
    this.leases.delete(id);
    return true;
  }

  async nextDueMs(): Promise<number | undefined> {
    const times = this.pending().map(entry => this.claimableAt(entry));
    return times.length === 0 ? undefined : Math.min(...times);
  }

  private pending(): readonly LedgerEntry[] {
    return this.rows.all().filter(isSettleable);
  }

  private claimableAt(entry: LedgerEntry): number {
    const { dueAtMs, untilMs } = this.leaseOf(entry);
    return Math.max(dueAtMs, untilMs);
  }

  private leaseOf({ id, endedAt, startedAt }: LedgerEntry): Lease {
    return this.leases.get(id) ?? { tries: 0, dueAtMs: endedAt ?? startedAt, untilMs: 0 };
  }
}

/** True for an ended row whose cost `/generation` may still tell. */
function isSettleable({ outcome, costState, generationId }: LedgerEntry): boolean {
  return outcome !== 'started' && costState === 'pending' && generationId !== undefined;
}
