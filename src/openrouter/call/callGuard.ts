import type { Clock } from './clock';
import { type StallLimits, StallWatch } from './stall';

/** How long the rest of a finished answer may take before its connection is given up. */
const restMs = 1000;

/** Watches over one call: ends it when the caller aborts or when the server is silent for too long. */
export class CallGuard {
  private readonly control = new AbortController();
  private readonly watch: StallWatch;
  private readonly onAbort = () => this.stop('cancelled');
  private rest: Promise<unknown> | undefined;
  private stopCause: 'cancelled' | 'stalled' | undefined;

  /** Watches from now on. Whoever creates it disposes it. */
  constructor(
    private readonly caller: AbortSignal,
    limits: StallLimits,
    private readonly clock: Clock,
  ) {
    this.watch = new StallWatch(limits, clock, () => this.stop('stalled'));
    caller.addEventListener('abort', this.onAbort);
    if (caller.aborted) this.onAbort();
  }

  /** Aborted as soon as the call shall end, whatever the reason. */
  get signal(): AbortSignal {
    return this.control.signal;
  }

  /** Why the call was ended; undefined while it runs. */
  get stoppedBy(): 'cancelled' | 'stalled' | undefined {
    return this.stopCause;
  }

  /** Bytes came; the time until `resume` is not the server's. */
  receive(hasData: boolean): void {
    this.watch.receive(hasData);
  }

  /** The server's time begins again. */
  resume(): void {
    this.watch.resume();
  }

  /**
   * The promise's result, but never later than the end of the call: then it rejects. VS Code looks up
   * proxies before its `fetch` starts to heed the signal.
   */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const onEnd = () => reject(this.signal.reason);
      if (this.signal.aborted) onEnd();
      this.signal.addEventListener('abort', onEnd, { once: true });
      promise.then(resolve, reject).finally(() => this.signal.removeEventListener('abort', onEnd));
    });
  }

  /**
   * The answer is complete: `rest`, what may still follow, is let run for a moment after `dispose`,
   * because a connection that is read to its end can serve the next request.
   */
  complete(rest: Promise<unknown>): void {
    this.rest = rest;
  }

  /** Detaches, and closes the connection if it is still in use. */
  dispose(): void {
    this.watch.stop();
    this.caller.removeEventListener('abort', this.onAbort);
    if (!this.rest) {
      this.control.abort();
      return;
    }
    const cancelTimer = this.clock.after(restMs, () => this.control.abort());
    this.rest.then(cancelTimer, cancelTimer);
  }

  private stop(cause: 'cancelled' | 'stalled'): void {
    if (this.stopCause) return;
    this.stopCause = cause;
    this.watch.stop();
    this.control.abort();
  }
}
