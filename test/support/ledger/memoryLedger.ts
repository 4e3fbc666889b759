import type {
  LedgerDraft,
  LedgerEntry,
  LedgerPatch,
  LedgerStore,
  Totals,
} from '../../../src/core/ledger/ledger';
import { type BeginResult, type SpendLimit, toPassedLimit } from '../../../src/core/ledger/ledgerLimits';
import type { DurableLedgerStore, LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { isInPeriod, sumEntries } from '../../../src/core/ledger/ledgerTotals';
import type { Period } from '../../../src/core/ledger/period';
import { patched } from '../../../src/core/ledger/resilient/patched';
import { MemoryLeases } from './memoryLeases';
import { MemoryQueries } from './memoryQueries';
import { MemoryRows } from './memoryRows';

/** A ledger in memory, held to the same contract as the SQLite one. */
export function createMemoryLedger(): LedgerStore {
  return createMemoryLedgerParts().store;
}

/** {@link createMemoryLedger} with what the usage page and the settler need. */
export function createMemoryLedgerParts(): LedgerParts {
  const rows = new MemoryRows();
  return { store: new MemoryLedger(rows), queries: new MemoryQueries(rows), leases: new MemoryLeases(rows) };
}

class MemoryLedger implements DurableLedgerStore {
  readonly onDidChange;

  constructor(private readonly rows: MemoryRows) {
    this.onDidChange = rows.onDidChange;
  }

  async begin(draft: LedgerDraft, limits: readonly SpendLimit[] = []): Promise<BeginResult> {
    if (this.rows.get(draft.id)) throw new Error(`Ledger row ${draft.id} exists already.`);
    const passed = limits
      .map(limit => toPassedLimit(limit, this.sum(limit.period), draft.reservedPico))
      .filter(limit => limit !== undefined);
    if (passed.length > 0) return { ok: false, passed };
    this.rows.put({ ...draft, outcome: 'started', costState: 'pending' });
    return { ok: true };
  }

  async update(id: string, patch: LedgerPatch): Promise<void> {
    const entry = this.rows.get(id);
    if (!entry) throw new Error(`Ledger row ${id} does not exist.`);
    this.rows.put(patched(entry, patch));
  }

  async put(entry: LedgerEntry): Promise<void> {
    this.rows.put(entry);
  }

  async get(id: string): Promise<LedgerEntry | undefined> {
    return this.rows.get(id);
  }

  /** Every row is this window's own. */
  async totals(period: Period): Promise<Totals> {
    return this.sum(period);
  }

  dispose(): void {
    this.rows.dispose();
  }

  private sum(period: Period): Totals {
    return sumEntries(this.rows.all().filter(entry => isInPeriod(entry.startedAt, period)));
  }
}
