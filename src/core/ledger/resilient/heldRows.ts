import type { LedgerEntry, LedgerPatch, Totals } from '../ledger';
import { isInPeriod, subtractTotals, sumEntries } from '../ledgerTotals';
import type { Period } from '../period';
import { patched } from './patched';

interface Row {
  readonly entry: LedgerEntry;
  /** The row as the file has it; `undefined` when it has none. */
  readonly written?: LedgerEntry;
  /** The file does not take `entry`, in any form: nothing else waits for it. */
  readonly isRefused?: boolean;
}

/** This window's rows that are running or not yet in the file as they stand. */
export class HeldRows {
  private readonly rows = new Map<string, Row>();
  /** The others this window began, without their text: what it has spent counts when the file cannot be read. */
  private readonly done = new Map<string, LedgerEntry>();

  get(id: string): LedgerEntry | undefined {
    return this.rows.get(id)?.entry;
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** The file does not have `entry` as it stands. */
  hold(entry: LedgerEntry): void {
    this.rows.set(entry.id, { entry, written: this.rows.get(entry.id)?.written });
    this.done.delete(entry.id);
  }

  /** The file has no such row any more. */
  lose(id: string): void {
    const row = this.rows.get(id);
    if (row) this.rows.set(id, { entry: row.entry });
  }

  /** The file has taken `entry`. A row that has ended, and did not change meanwhile, is let go. */
  markWritten(entry: LedgerEntry): void {
    const now = this.get(entry.id) ?? entry;
    if (now !== entry || entry.outcome === 'started') {
      this.rows.set(entry.id, { entry: now, written: entry });
      return;
    }
    this.rows.delete(entry.id);
    this.done.set(entry.id, { ...entry, prompt: undefined, answer: undefined });
  }

  /** The file has taken what a row that was let go had cost after all. */
  settle(id: string, patch: LedgerPatch): void {
    const entry = this.done.get(id);
    if (entry) this.done.set(id, patched(entry, patch));
  }

  /** The file refuses the row; until it changes, it stays here. */
  refuse(id: string): void {
    const row = this.rows.get(id);
    if (row) this.rows.set(id, { ...row, isRefused: true });
  }

  isUnwritten(id: string): boolean {
    const row = this.rows.get(id);
    return row !== undefined && row.entry !== row.written;
  }

  /** What waits to be written. */
  unwritten(): readonly LedgerEntry[] {
    return [...this.rows.values()]
      .filter(row => row.entry !== row.written && !row.isRefused)
      .map(row => row.entry);
  }

  /** What the file's totals of `period` lack, and what they hold that is out of date. */
  difference(period: Period): Totals {
    const rows = [...this.rows.values()].filter(
      row => row.entry !== row.written && isInPeriod(row.entry.startedAt, period),
    );
    const written = rows.flatMap(row => (row.written ? [row.written] : []));
    return subtractTotals(sumEntries(rows.map(row => row.entry)), sumEntries(written));
  }

  /** The totals of `period` over all rows this window began. */
  totals(period: Period): Totals {
    const entries = [...this.done.values(), ...[...this.rows.values()].map(row => row.entry)];
    return sumEntries(entries.filter(entry => isInPeriod(entry.startedAt, period)));
  }
}
