import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/**
 * Tells which windows live. Each holds a lock on a file of its own for as long as its process runs; the
 * operating system lets go of it however the process ends. So neither a reused process id nor a clock
 * nor a laptop asleep can make a live window look dead, or a dead one alive.
 */
export class WindowLock {
  private held: DatabaseSync | undefined;

  constructor(
    private readonly folder: string,
    private readonly id: string,
    private readonly open: (path: string) => DatabaseSync,
  ) {}

  /** Holds this window's lock until {@link release}; does nothing when it is held. */
  acquire(): void {
    if (this.held) return;
    mkdirSync(this.folder, { recursive: true });
    this.held = this.lock(this.id);
  }

  /** True while the process of window `id` runs. */
  isAlive(id: string): boolean {
    if (id === this.id) return true;
    if (!existsSync(this.path(id))) return false;
    try {
      this.lock(id).close();
    } catch {
      // Not to be had: somebody holds it, or it cannot be told. Either way its rows are left alone.
      return true;
    }
    return false;
  }

  /** Removes what a dead window left behind. */
  forget(id: string): void {
    rmSync(this.path(id), { force: true });
  }

  release(): void {
    this.held?.close();
    this.held = undefined;
    this.forget(this.id);
  }

  private lock(id: string): DatabaseSync {
    const database = this.open(this.path(id));
    try {
      database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }

  private path(id: string): string {
    return join(this.folder, `${id}.lock`);
  }
}
