import type { Clock } from '../../../src/openrouter/call/clock';

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

/** Time that moves only when told. Starts at a moment of 2027, monotonic time at 0. */
export class FakeClock implements Clock {
  private readonly startMs = Date.UTC(2027, 0, 1);
  private nowMs = 0;
  private timers: Timer[] = [];
  private waiters: (() => void)[] = [];

  monotonicMs(): number {
    return this.nowMs;
  }

  epochMs(): number {
    return this.startMs + this.nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.nowMs + delayMs, callback };
    this.timers.push(timer);
    for (const wake of this.waiters.splice(0)) wake();
    return () => {
      this.timers = this.timers.filter(other => other !== timer);
    };
  }

  turn(): Promise<void> {
    return Promise.resolve();
  }

  get pending(): number {
    return this.timers.length;
  }

  /** Moves on, calling back whatever becomes due on the way, in order. */
  advance(ms: number): void {
    const untilMs = this.nowMs + ms;
    for (let next = this.nextDue(untilMs); next; next = this.nextDue(untilMs)) {
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      this.timers = this.timers.filter(timer => timer !== next);
      next.callback();
    }
    this.nowMs = untilMs;
  }

  /** Resolves when the next timer is set. */
  nextTimer(): Promise<void> {
    return new Promise(resolve => this.waiters.push(resolve));
  }

  private nextDue(untilMs: number): Timer | undefined {
    return this.timers.filter(timer => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  }
}
