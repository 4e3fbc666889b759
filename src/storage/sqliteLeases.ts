import type { LedgerPatch } from '../core/ledger/ledger';
import { type Claim, foreignGraceMs, type LedgerLeases } from '../core/ledger/ledgerLeases';
import { toEntry } from './ledgerColumns';
import type { Connection, SqliteFile } from './sqliteFile';
import { updateRow } from './sqliteStore';
import type { WindowLock } from './windowLock';

const settleable = `costState = 'pending' AND outcome <> 'started' AND generationId IS NOT NULL`;
const claimableAt = 'max(coalesce(dueAt, endedAt, startedAt), coalesce(leaseUntil, 0))';
/** From when on this window (the parameter) may claim a row. */
const claimableHereAt = `(${claimableAt} + iif(owner IS ?1 OR dueAt = 0, 0, ${foreignGraceMs}))`;

/** The settler's side of the SQLite ledger. */
export class SqliteLeases implements LedgerLeases {
  constructor(
    private readonly file: SqliteFile,
    private readonly lock: WindowLock,
    private readonly owner: string,
    private readonly fireChange: (id: string) => void,
  ) {}

  async recover(nowMs: number): Promise<readonly string[]> {
    const closed = await this.file.run(connection => {
      const dead = this.pendingOwners(connection).filter(owner => !this.lock.isAlive(owner));
      if (dead.length === 0) return [];
      const ids = connection.transact(() => dead.flatMap(owner => closeRowsOf(connection, owner, nowMs)));
      for (const owner of dead) this.lock.forget(owner);
      return ids;
    });
    for (const id of closed) this.fireChange(id);
    return closed;
  }

  async claim(nowMs: number, leaseMs: number, count: number): Promise<readonly Claim[]> {
    return this.file.run(connection =>
      connection.transact(() => {
        const due = `SELECT id FROM requests WHERE ${settleable} AND ${claimableHereAt} <= ?2
          ORDER BY ${claimableAt} LIMIT ?3`;
        const sql = `UPDATE requests SET leaseOwner = ?1, leaseUntil = ?4 WHERE id IN (${due}) RETURNING *`;
        const rows = connection.prepare(sql).all(this.owner, nowMs, count, BigInt(nowMs + leaseMs));
        return rows.map(row => ({ entry: toEntry(row), tries: Number(row.tries) }));
      }),
    );
  }

  async postpone(id: string, dueAtMs: number): Promise<void> {
    const sql = `UPDATE requests SET tries = tries + 1, dueAt = ?, leaseOwner = NULL, leaseUntil = NULL
      WHERE id = ?`;
    await this.file.run(connection => connection.prepare(sql).run(BigInt(dueAtMs), id));
  }

  async settle(id: string, patch: LedgerPatch): Promise<boolean> {
    const settled = await this.file.run(connection =>
      updateRow(connection, id, patch, `costState = 'pending'`),
    );
    if (settled) this.fireChange(id);
    return settled;
  }

  async nextDueMs(): Promise<number | undefined> {
    const sql = `SELECT min(${claimableHereAt}) AS due FROM requests WHERE ${settleable}`;
    const due = await this.file.run(connection => connection.prepare(sql).get(this.owner)?.due);
    return due === null || due === undefined ? undefined : Number(due);
  }

  private pendingOwners(connection: Connection): readonly string[] {
    const sql = `SELECT DISTINCT owner FROM requests WHERE costState = 'pending' AND owner IS NOT NULL`;
    return connection
      .prepare(sql)
      .all()
      .map(row => String(row.owner))
      .filter(owner => owner !== this.owner);
  }
}

/** Ends what the dead window `owner` left running and makes all it left pending due now (`dueAt` 0). */
function closeRowsOf(connection: Connection, owner: string, nowMs: number): readonly string[] {
  connection
    .prepare(`UPDATE requests SET dueAt = 0 WHERE owner = ? AND costState = 'pending' AND tries = 0`)
    .run(owner);
  const sql = `UPDATE requests SET outcome = 'interrupted', errorKind = 'cutOff', endedAt = ?1,
    costState = iif(generationId IS NULL, 'unknown', 'pending')
    WHERE owner = ?2 AND costState = 'pending' AND outcome = 'started' RETURNING id`;
  return connection
    .prepare(sql)
    .all(BigInt(nowMs), owner)
    .map(row => String(row.id));
}
