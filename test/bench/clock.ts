/**
 * Ms since the epoch with a fraction. This machine's processes and the browser's pages share the clock
 * behind it, so times of both can be subtracted.
 */
export const nowMs = (): number => performance.timeOrigin + performance.now();
