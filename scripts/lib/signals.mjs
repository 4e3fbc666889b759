import { constants } from 'node:os';
import { endChildren } from './command.mjs';

let isEnding = false;

/** @type {(signal: NodeJS.Signals) => void} */
let listener = async signal => {
  // Ctrl+C comes twice: from the terminal and from npm.
  if (isEnding) return;
  isEnding = true;
  await endChildren(signal);
  process.exit(128 + constants.signals[signal]);
};

/**
 * From now on a signal ends this process with all that it has started: first the programs of `run`, then, by the
 * `exit` listeners of whoever started it, what this process itself holds, such as VS Code and a browser.
 */
export function endOnSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => listener(signal));
  }
}

/**
 * Lets the task itself decide what a signal means.
 * @param {(signal: NodeJS.Signals) => void} onSignal
 */
export function takeSignals(onSignal) {
  listener = onSignal;
}

/** Resolves when a signal asks the task to end. It does the rest itself. */
export async function untilSignal() {
  // Signals alone do not keep a process alive.
  const keepAlive = setInterval(() => {}, 60_000);
  await new Promise(takeSignals);
  clearInterval(keepAlive);
}
