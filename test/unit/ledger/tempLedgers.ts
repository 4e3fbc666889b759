import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { createSqliteLedger, type SqliteLedgerOptions } from '../../../src/storage/sqliteLedger';

let windows = 0;

/** Ledgers in a folder of their own, as many windows as wanted. `dispose` removes everything. */
export class TempLedgers {
  readonly folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  private readonly opened: LedgerParts[] = [];

  get path(): string {
    return join(this.folder, 'ledger.sqlite');
  }

  /** A new window on the same file. Disposing its store is how a window dies. */
  open(options: Partial<SqliteLedgerOptions> = {}): LedgerParts {
    windows += 1;
    const ledger = createSqliteLedger(this.folder, { windowId: `W${windows}`, ...options });
    this.opened.push(ledger);
    return ledger;
  }

  dispose(): void {
    for (const ledger of this.opened) ledger.store.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
