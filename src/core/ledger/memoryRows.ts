import { type Disposable, Emitter } from '../event';
import { knownFields } from '../knownFields';
import type { LedgerEntry, LedgerPatch } from '../money/ledger';

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

/** `entry` with what `patch` knows; an absent field stays as it was. */
export function patched(entry: LedgerEntry, patch: LedgerPatch): LedgerEntry {
  return { ...entry, ...knownFields(patch) };
}
