/** Calls back once after the delay; the result takes the call back. */
export type SetTimer = (delayMs: number, callback: () => void) => () => void;

/** Longer delays overflow in timers and would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

export const setTimer: SetTimer = (delayMs, callback) => {
  const timer = setTimeout(callback, Math.min(delayMs, longestDelayMs));
  return () => clearTimeout(timer);
};

/** Resolves after `delayMs`, or at once when `signal` is aborted. */
export function wait(delayMs: number, signal: AbortSignal, set = setTimer): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve();
    const cancel = set(delayMs, done);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}

/** What `task` gives; undefined when `signal` is aborted before. */
export function unlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = new Promise<undefined>(resolve => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([task, aborted]);
}
