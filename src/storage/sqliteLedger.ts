import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { LedgerParts } from '../core/ledger/ledgerParts';
import type { LedgerFault } from '../core/money/ledgerFault';
import { migrations } from './ledgerMigrations';
import { SqliteFile } from './sqliteFile';
import { SqliteLeases } from './sqliteLeases';
import { SqliteQueries } from './sqliteQueries';
import { SqliteStore } from './sqliteStore';
import { WindowLock } from './windowLock';

export interface SqliteLedgerOptions {
  /** Unique to this window and start; a ULID does. Names its lock file, so letters and digits only. */
  readonly windowId: string;
  /** How long a call waits, without blocking, for another program's lock before it rejects. Default 400. */
  readonly patienceMs?: number;
  /** A damaged file has been set aside (`asidePath`) and a fresh one begun. */
  readonly onDidSetAside?: (fault: LedgerFault) => void;
  /** For tests: sees every new connection. */
  readonly onDidOpen?: (database: DatabaseSync) => void;
}

/**
 * The ledger in `folder` (made when missing), shared by every window that opens it there. Nothing is
 * read, written or loaded before the first call. Calls reject with `LedgerFault` when the file is at
 * fault; {@link ResilientLedger} keeps that from whoever asks.
 */
export function createSqliteLedger(folder: string, options: SqliteLedgerOptions): LedgerParts {
  const { windowId, patienceMs = 400, onDidSetAside, onDidOpen } = options;
  const path = join(folder, 'ledger.sqlite');
  const file = new SqliteFile({ path, migrations, patienceMs, onDidSetAside, onDidOpen });
  const lock = new WindowLock(join(folder, 'windows'), windowId, file.openDatabase);
  const store = new SqliteStore(file, lock, windowId);
  const fireChange = (id: string) => store.noteChange(id);
  return {
    store,
    queries: new SqliteQueries(file, fireChange),
    leases: new SqliteLeases(file, lock, windowId, fireChange),
  };
}
