import { type Disposable, Emitter } from '../../../src/core/base/event';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';

/** The rows behind the parts of a memory ledger. */
export class MemoryRows implements Disposable {
  private readonly changes = new Emitter<{ readonly id: string }>();
  private readonly entries = new Map<string, LedgerEntry>();
  readonly onDidChange = this.changes.event;

  get(id: string): LedgerEntry | undefined {
    return this.entries.get(id);
  }

  all(): readonly LedgerEntry[] {
    return [...this.entries.values()];
  }

  put(entry: LedgerEntry): void {
    this.entries.set(entry.id, entry);
    this.changes.fire({ id: entry.id });
  }

  delete(id: string): void {
    this.entries.delete(id);
    this.changes.fire({ id });
  }

  dispose(): void {
    this.changes.dispose();
  }
}
