/** @type {readonly NodeJS.Signals[]} */
export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves when the user presses Ctrl+C or the process is asked to end. */
export function untilInterrupted() {
  return new Promise(resolve => {
    // Signals alone do not keep a process alive.
    const keepAlive = setInterval(() => {}, 60_000);
    for (const signal of endingSignals) {
      process.once(signal, () => {
        clearInterval(keepAlive);
        resolve(undefined);
      });
    }
  });
}
