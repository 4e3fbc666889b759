import { Emitter } from '../event';
import type { LedgerDraft, LedgerEntry, LedgerPatch, LedgerStore, Period, Totals } from './ledger';
import { type BeginResult, type SpendLimit, toPassedLimit } from './ledgerLimits';
import { isInPeriod, sumEntries } from './ledgerTotals';

/** A ledger that lives as long as the window: for hosts without a disk, and for tests. */
export function createMemoryLedger(): LedgerStore {
  return new MemoryLedger();
}

class MemoryLedger implements LedgerStore {
  private readonly changes = new Emitter<{ readonly id: string }>();
  private readonly entries = new Map<string, LedgerEntry>();
  readonly onDidChange = this.changes.event;

  async begin(draft: LedgerDraft, limits: readonly SpendLimit[] = []): Promise<BeginResult> {
    if (this.entries.has(draft.id)) throw new Error(`Ledger row ${draft.id} exists already.`);
    const passed = limits
      .map(limit => toPassedLimit(limit, this.sum(limit.period), draft.reservedPico))
      .filter(limit => limit !== undefined);
    if (passed.length > 0) return { ok: false, passed };
    this.put({ ...draft, outcome: 'started', costState: 'pending' });
    return { ok: true, limitsChecked: true };
  }

  async update(id: string, patch: LedgerPatch): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry) throw new Error(`Ledger row ${id} does not exist.`);
    const known = Object.entries(patch).filter(([, value]) => value !== undefined);
    this.put({ ...entry, ...Object.fromEntries(known) });
  }

  async get(id: string): Promise<LedgerEntry | undefined> {
    return this.entries.get(id);
  }

  async totals(period: Period): Promise<Totals> {
    return this.sum(period);
  }

  dispose(): void {
    this.changes.dispose();
  }

  private put(entry: LedgerEntry): void {
    this.entries.set(entry.id, entry);
    this.changes.fire({ id: entry.id });
  }

  private sum(period: Period): Totals {
    return sumEntries([...this.entries.values()].filter(entry => isInPeriod(entry.startedAt, period)));
  }
}
