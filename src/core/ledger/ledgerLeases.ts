import type { LedgerEntry, LedgerPatch } from './ledger';

/** A pending row this window may ask about until the lease ends. */
export interface Claim {
  readonly entry: LedgerEntry;
  /** How often the server has been asked in vain, over all windows and restarts. */
  readonly tries: number;
}

/** How windows share the work of settling, so that only one asks about a row. Times are epoch ms. */
export interface LedgerLeases {
  /**
   * Closes the rows a dead window left `started`: `interrupted`, and `pending` when the generation id
   * is known, else `unknown`. Rows of windows that live, however busy or suspended, are left alone.
   * Also makes what dead windows left pending due at once. Resolves to the ids of the closed rows.
   */
  recover(nowMs: number): Promise<readonly string[]>;
  /**
   * Takes at most `count` due pending rows for `leaseMs`: own ones, and those of other windows that are
   * overdue by {@link foreignGraceMs}. A row under another window's lease is not given.
   */
  claim(nowMs: number, leaseMs: number, count: number): Promise<readonly Claim[]>;
  /** Gives a claimed row back, to be due again at `dueAtMs`, and counts the try. */
  postpone(id: string, dueAtMs: number): Promise<void>;
  /** Writes what a pending row cost. False, with nothing written, when it is not pending any more. */
  settle(id: string, patch: LedgerPatch): Promise<boolean>;
  /** When the next pending row can be claimed; `undefined` when none is pending. */
  nextDueMs(): Promise<number | undefined>;
}

/** How long a due row is left to its own window, whose panel shows it. */
export const foreignGraceMs = 60_000;
