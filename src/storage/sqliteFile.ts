import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { LedgerFault } from '../core/money/ledgerFault';
import { toLedgerFault } from './sqliteFaults';

/**
 * How long SQLite itself may wait for another window, which stops this whole process. Anything longer is
 * waited for asynchronously, up to the caller's patience.
 */
const blockingMs = 15;
const firstPauseMs = 10;

/** What stands between the name of the file and the time at which it was set aside. */
export const asideMark = '.damaged-';

export interface SqliteFileOptions {
  readonly path: string;
  /** What takes the file from version n (the index) to n + 1. */
  readonly migrations: readonly string[];
  /** How long a call waits for a lock before it rejects with `locked`. */
  readonly patienceMs: number;
  /** Called when a damaged file has been set aside. */
  readonly onDidSetAside?: (fault: LedgerFault) => void;
  /** Run on every new connection, for tests. */
  readonly onDidOpen?: (database: DatabaseSync) => void;
}

type Sqlite = typeof import('node:sqlite');

/** An open database with its prepared statements. */
export class Connection {
  private readonly statements = new Map<string, StatementSync>();

  constructor(
    readonly database: DatabaseSync,
    /** The file's identity: another one at the same path means that ours was set aside. */
    readonly inode: bigint | undefined,
  ) {}

  /** The prepared statement of `sql`; integers are read as bigint. */
  prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    statement.setReadBigInts(true);
    this.statements.set(sql, statement);
    return statement;
  }

  /** Runs `work` as one write transaction: all of it or none. */
  transact<T>(work: () => T): T {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } finally {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
    }
  }
}

/** A file of ours: opened on first use, migrated, retried while locked, set aside when damaged. */
export class SqliteFile {
  private sqlite: Sqlite | undefined;
  private connection: Connection | undefined;
  /** The file last opened, whether or not that went well. */
  private openedInode: bigint | undefined;
  private isDisposed = false;

  constructor(private readonly options: SqliteFileOptions) {}

  get path(): string {
    return this.options.path;
  }

  /** Opens any database file; only after the first {@link run}. */
  readonly openDatabase = (path: string): DatabaseSync => {
    if (!this.sqlite) throw new Error('SQLite is not loaded yet.');
    return new this.sqlite.DatabaseSync(path);
  };

  /**
   * Runs `work`, synchronously and without interleaving, on the open database. Rejects with a
   * {@link LedgerFault} when the file is at fault, else with what `work` threw.
   */
  async run<T>(work: (connection: Connection) => T): Promise<T> {
    const giveUpAt = Date.now() + this.options.patienceMs;
    for (let pauseMs = firstPauseMs, hasSetAside = false; ; ) {
      try {
        this.sqlite ??= await import('node:sqlite');
        if (this.isDisposed) throw new LedgerFault('unavailable', 'The file is closed.');
        return work(this.open());
      } catch (error) {
        const fault = toLedgerFault(error);
        if (!fault) throw error;
        if (fault.kind === 'damaged' && !hasSetAside) {
          this.setAside(fault);
          hasSetAside = true;
          continue;
        }
        if (fault.kind !== 'locked') this.close();
        if (fault.kind !== 'locked' || Date.now() >= giveUpAt) throw fault;
        await wait(pauseMs);
        pauseMs = Math.min(pauseMs * 2, 100);
      }
    }
  }

  /** Takes the file off the disk, with all that was set aside of it. The next {@link run} begins a fresh one. */
  async remove(): Promise<void> {
    this.close();
    const folder = dirname(this.path);
    if (inodeOf(folder) === undefined) return;
    const names = readdirSync(folder).filter(name => name.startsWith(basename(this.path)));
    // On Windows a file cannot go while another window still has it open.
    for (const name of names) await rm(join(folder, name), { force: true, maxRetries: 5, retryDelay: 100 });
  }

  /** Closes for good: calls under way or still to come reject instead of opening the file again. */
  dispose(): void {
    this.isDisposed = true;
    this.close();
  }

  private close(): void {
    const database = this.connection?.database;
    this.connection = undefined;
    if (database?.isOpen) database.close();
  }

  private open(): Connection {
    // Another window may have set a damaged file aside and begun a fresh one: follow it.
    if (this.connection && this.connection.inode !== inodeOf(this.path)) this.close();
    this.connection ??= this.connect();
    return this.connection;
  }

  private connect(): Connection {
    mkdirSync(dirname(this.path), { recursive: true });
    const { migrations } = this.options;
    refuseNewer(headerVersion(this.path), migrations);
    this.openedInode = inodeOf(this.path);
    const database = this.openDatabase(this.path);
    try {
      // NORMAL: a killed process loses nothing; a power cut may lose the last moments, never the file.
      database.exec(`PRAGMA busy_timeout = ${blockingMs}; PRAGMA synchronous = NORMAL`);
      migrate(database, migrations);
      this.options.onDidOpen?.(database);
      return new Connection(database, inodeOf(this.path));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  private setAside(fault: LedgerFault): void {
    this.close();
    // Another window was faster: its fresh file is not the one we found damaged.
    if (inodeOf(this.path) !== this.openedInode) return;
    const asidePath = `${this.path}${asideMark}${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    try {
      renameSync(this.path, asidePath);
      for (const suffix of ['-wal', '-shm']) renameIfThere(this.path + suffix, asidePath + suffix);
    } catch (error) {
      // On Windows a file that another window has open cannot be renamed: it stays, and so do its rows.
      throw new LedgerFault('damaged', `${fault.message}; ${error instanceof Error ? error.message : error}`);
    }
    this.options.onDidSetAside?.(new LedgerFault('damaged', fault.message, asidePath));
  }
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  if (versionOf(database, migrations) === migrations.length) return;
  // The journal mode cannot change within a transaction; it is kept in the file, so once is enough.
  database.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
  try {
    // Another window may have migrated while this one waited for the lock.
    const version = versionOf(database, migrations);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${migrations.length}; COMMIT`);
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}

function versionOf(database: DatabaseSync, migrations: readonly string[]): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  refuseNewer(version, migrations);
  return version;
}

function refuseNewer(version: number, { length: known }: readonly string[]): void {
  if (version <= known) return;
  throw new LedgerFault('newer', `The file has version ${version}, this extension knows ${known}.`);
}

/** `user_version` as it stands in the file's header, read without opening the database; 0 when it cannot be told. */
function headerVersion(path: string): number {
  const header = Buffer.alloc(64);
  const file = openIfThere(path);
  if (file === undefined) return 0;
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('latin1', 0, 15) === 'SQLite format 3' ? header.readUInt32BE(60) : 0;
}

function openIfThere(path: string): number | undefined {
  return inodeOf(path) === undefined ? undefined : openSync(path, 'r');
}

function inodeOf(path: string): bigint | undefined {
  return statSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function renameIfThere(from: string, to: string): void {
  if (inodeOf(from) !== undefined) renameSync(from, to);
}
