import { Emitter, type Event } from '../core/base/event';
import { ResilientLedger, type ResilientLedgerOptions } from '../core/ledger/resilient/resilientLedger';
import type { LedgerFault } from '../core/money/ledgerFault';
import { createSqliteLedger, type SqliteLedgerOptions } from './sqliteLedger';

export interface OpenedLedger {
  /** Disposing it closes the file. */
  readonly ledger: ResilientLedger;
  /** Everything the user should hear of, once each: faults, and a damaged file that was set aside. */
  readonly onDidFault: Event<LedgerFault>;
}

/** The ledger the extension uses: SQLite in `folder`, with its faults kept away from whoever asks. */
export function openLedger(
  folder: string,
  options: SqliteLedgerOptions & ResilientLedgerOptions,
): OpenedLedger {
  const faults = new Emitter<LedgerFault>();
  const file = createSqliteLedger(folder, { ...options, onDidSetAside: fault => faults.fire(fault) });
  const ledger = new ResilientLedger(file, options);
  ledger.onDidFault(fault => faults.fire(fault));
  return { ledger, onDidFault: faults.event };
}
