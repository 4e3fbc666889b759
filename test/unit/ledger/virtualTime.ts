import type { Disposable } from '../../../src/core/base/event';

/** A clock that stands still until told, with the timers set on it. */
export class VirtualTime {
  private readonly timers = new Map<symbol, { readonly atMs: number; readonly task: () => void }>();

  constructor(public now = 0) {}

  get pending(): number {
    return this.timers.size;
  }

  readonly schedule = (task: () => void, delayMs: number): Disposable => {
    const key = Symbol('timer');
    this.timers.set(key, { atMs: this.now + delayMs, task });
    return { dispose: () => this.timers.delete(key) };
  };

  /** Runs the next timer, with the clock set to its time; false when there is none. */
  async runNext(): Promise<boolean> {
    const next = [...this.timers].sort(([, a], [, b]) => a.atMs - b.atMs)[0];
    if (!next) return false;
    const [key, { atMs, task }] = next;
    this.timers.delete(key);
    this.now = Math.max(this.now, atMs);
    task();
    await settleDown();
    return true;
  }

  /** Runs timers, and those they set, until none is left. */
  async runAll(): Promise<void> {
    await settleDown();
    while (await this.runNext());
  }
}

/** Lets everything run that waits for nothing but promises. */
export async function settleDown(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve));
}
