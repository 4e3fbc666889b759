import { breathe } from '../../core/breathe';

/** Time as the client needs it; tests bring their own. */
export interface Clock {
  /** For durations: never jumps. */
  monotonicMs(): number;
  /** For moments shown to people or compared with a server's dates. */
  epochMs(): number;
  /** Calls back once; the result takes the call back. */
  after(delayMs: number, callback: () => void): () => void;
  /** Resolves when everything else that waits in this process has had its turn. */
  turn(): Promise<void>;
}

/** Longer delays overflow in timers and would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
  turn: breathe,
};

/** True after the delay, false as soon as the signal is aborted. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve(false);
    const cancel = clock.after(delayMs, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(true);
    });
    const onAbort = () => {
      cancel();
      resolve(false);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
