import type { LedgerEntry, LedgerStore } from './ledger';
import type { LedgerLeases } from './ledgerLeases';
import type { LedgerQueries } from './ledgerQueries';

/** A store that also takes whole rows, to write down later what could not be written in time. */
export interface DurableLedgerStore extends LedgerStore {
  /** Writes the row as it stands, replacing one with the same id. */
  put(entry: LedgerEntry): Promise<void>;
}

/** One ledger, by what its users need of it. Disposing `store` closes all of it. */
export interface LedgerParts {
  readonly store: DurableLedgerStore;
  readonly queries: LedgerQueries;
  readonly leases: LedgerLeases;
}
