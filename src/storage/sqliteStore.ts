import { Emitter } from '../core/base/event';
import type { LedgerDraft, LedgerEntry, LedgerPatch, Totals } from '../core/ledger/ledger';
import { type FieldName, fieldNames } from '../core/ledger/ledgerFields';
import { type BeginResult, type SpendLimit, toPassedLimit } from '../core/ledger/ledgerLimits';
import type { DurableLedgerStore } from '../core/ledger/ledgerParts';
import type { Period } from '../core/ledger/period';
import { toEntry, toSqlValue } from './ledgerColumns';
import { contributionsOf, sumOfMoney, toUsageTotals } from './ledgerSums';
import type { Connection, SqliteFile } from './sqliteFile';
import { usageOf } from './usageSums';
import type { WindowLock } from './windowLock';

/** The writing side of the SQLite ledger. */
export class SqliteStore implements DurableLedgerStore {
  private readonly changes = new Emitter<{ readonly id: string }>();
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly file: SqliteFile,
    private readonly lock: WindowLock,
    private readonly owner: string,
  ) {}

  async begin(draft: LedgerDraft, limits: readonly SpendLimit[] = []): Promise<BeginResult> {
    const passed = await this.file.run(connection => {
      this.lock.acquire();
      return connection.transact(() => this.reserve(connection, draft, limits));
    });
    if (passed.length > 0) return { ok: false, passed };
    this.changes.fire({ id: draft.id });
    return { ok: true };
  }

  async update(id: string, patch: LedgerPatch): Promise<void> {
    const changed = await this.file.run(connection => updateRow(connection, id, patch));
    if (!changed) throw new Error(`Ledger row ${id} does not exist.`);
    this.changes.fire({ id });
  }

  async put(entry: LedgerEntry): Promise<void> {
    await this.file.run(connection => {
      if (entry.outcome === 'started') this.lock.acquire();
      connection.transact(() => {
        // Not REPLACE: that would delete the old row without telling the triggers that keep the sums.
        connection.prepare('DELETE FROM requests WHERE id = ?').run(entry.id);
        insertRow(connection, entry, this.owner);
      });
    });
    this.changes.fire({ id: entry.id });
  }

  async get(id: string): Promise<LedgerEntry | undefined> {
    return this.file.run(connection => {
      const row = connection.prepare('SELECT * FROM requests WHERE id = ?').get(id);
      return row && toEntry(row);
    });
  }

  async totals(period: Period, ownRowsOnly = false): Promise<Totals> {
    return this.file.run(connection => this.sum(connection, period, ownRowsOnly));
  }

  /** Tells listeners of a row that another side of the ledger changed. */
  noteChange(id: string): void {
    this.changes.fire({ id });
  }

  /** Closes the file. Rows still `started` are left to the next window that recovers. */
  dispose(): void {
    this.changes.dispose();
    this.file.dispose();
    this.lock.release();
  }

  private reserve(connection: Connection, draft: LedgerDraft, limits: readonly SpendLimit[]) {
    const passed = limits
      .map(limit => {
        const committed = this.sum(connection, limit.period, limit.ownRowsOnly);
        return toPassedLimit(limit, committed, draft.reservedPico);
      })
      .filter(limit => limit !== undefined);
    if (passed.length === 0) {
      insertRow(connection, { ...draft, outcome: 'started', costState: 'pending' }, this.owner);
    }
    return passed;
  }

  private sum(connection: Connection, period: Period, ownRowsOnly = false): Totals {
    const { promptTokens, cachedTokens, cacheWriteTokens, completionTokens, reasoningTokens, ...totals } =
      ownRowsOnly ? ownUsage(connection, this.owner, period) : usageOf(connection, period, sumOfMoney);
    return totals;
  }
}

function ownUsage(connection: Connection, owner: string, { fromMs, toMs }: Period) {
  const sql = `SELECT ${sumOfMoney} FROM (SELECT ${contributionsOf('r')} FROM requests r
    WHERE owner = ? AND startedAt >= ? AND startedAt < ?)`;
  return toUsageTotals(
    connection.prepare(sql).get(owner, fromMs ?? 0, toMs ?? Number.MAX_SAFE_INTEGER) ?? {},
  );
}

const insertSql = `INSERT INTO requests (${fieldNames.join(', ')}, owner)
  VALUES (${fieldNames.map(() => '?').join(', ')}, ?)`;

function insertRow(connection: Connection, entry: LedgerEntry, owner: string): void {
  connection.prepare(insertSql).run(...fieldNames.map(name => toSqlValue(name, entry[name])), owner);
}

/** Writes the fields `patch` knows; false when no row matches `id` and `condition`. */
export function updateRow(
  connection: Connection,
  id: string,
  patch: LedgerPatch,
  condition = 'true',
): boolean {
  const names = (Object.keys(patch) as (keyof LedgerPatch & FieldName)[]).filter(
    name => fieldNames.includes(name) && patch[name] !== undefined,
  );
  const assignments = names.length > 0 ? names.map(name => `${name} = ?`).join(', ') : 'id = id';
  const values = names.map(name => toSqlValue(name, patch[name]));
  const sql = `UPDATE requests SET ${assignments} WHERE id = ? AND ${condition}`;
  return BigInt(connection.prepare(sql).run(...values, id).changes) > 0n;
}
