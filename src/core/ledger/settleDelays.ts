/** When the server may first know a request that has just ended. */
export const firstAskMs = 1_000;
/** How long after its end a request is asked about. */
export const giveUpAfterMs = 24 * 60 * 60_000;

const longestDelayMs = 30 * 60_000;
const jitter = 0.25;

/**
 * The wait after `tries` answers of "not known yet": doubling from 1 s to half an hour, give or take a
 * quarter (`random` from 0 to 1), so that windows and restarts do not ask in step.
 */
export function nextAskDelayMs(tries: number, random: number): number {
  const delayMs = Math.min(firstAskMs * 2 ** tries, longestDelayMs);
  return Math.round(delayMs * (1 - jitter + 2 * jitter * random));
}
