import type { Disposable } from './event';

/** Time and chance, so that tests can own both. */
export interface Clock {
  /** Epoch ms. */
  readonly now: () => number;
  /** From 0 to just below 1. */
  readonly random: () => number;
  /** Runs `task` once after `delayMs`, unless disposed. */
  readonly schedule: (task: () => void, delayMs: number) => Disposable;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  schedule: (task, delayMs) => {
    const timer = setTimeout(task, delayMs);
    return { dispose: () => clearTimeout(timer) };
  },
};
