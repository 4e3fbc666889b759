import type { Clock } from './clock';

/** How long a server may be silent before the request is given up. */
export interface StallLimits {
  /** No byte at all, keep-alives included: the connection is dead. */
  readonly noBytesMs: number;
  /** Keep-alives but no data: the connection lives, the model behind it does not. */
  readonly noDataMs: number;
}

/**
 * Watches one exchange for silence. Only time spent waiting for the server counts: while the reader
 * is busy elsewhere the watch rests. Costs no timer per byte: one timer that looks when it is due.
 */
export class StallWatch {
  private bytesAtMs: number;
  private dataAtMs: number;
  private restingSinceMs: number | undefined;
  private cancelTimer: (() => void) | undefined;
  private isStopped = false;

  /** Watches from now on; `onStall` is called at most once. */
  constructor(
    private readonly limits: StallLimits,
    private readonly clock: Clock,
    private readonly onStall: () => void,
  ) {
    this.bytesAtMs = clock.monotonicMs();
    this.dataAtMs = this.bytesAtMs;
    this.arm();
  }

  /** Bytes came; `hasData` when they were more than keep-alives. Rests until `resume`. */
  receive(hasData: boolean): void {
    const nowMs = this.clock.monotonicMs();
    this.bytesAtMs = nowMs;
    if (hasData) this.dataAtMs = nowMs;
    this.restingSinceMs = nowMs;
  }

  /** The reader waits for the server again. */
  resume(): void {
    if (this.restingSinceMs === undefined || this.isStopped) return;
    const restedMs = this.clock.monotonicMs() - this.restingSinceMs;
    this.bytesAtMs += restedMs;
    this.dataAtMs += restedMs;
    this.restingSinceMs = undefined;
    if (!this.cancelTimer) this.arm();
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.isStopped = true;
  }

  private dueAtMs(): number {
    return Math.min(this.bytesAtMs + this.limits.noBytesMs, this.dataAtMs + this.limits.noDataMs);
  }

  private arm(): void {
    const delayMs = Math.max(0, this.dueAtMs() - this.clock.monotonicMs());
    this.cancelTimer = this.clock.after(delayMs, () => this.look());
  }

  private look(): void {
    this.cancelTimer = undefined;
    if (this.restingSinceMs !== undefined) return;
    if (this.clock.monotonicMs() >= this.dueAtMs()) this.onStall();
    else this.arm();
  }
}
