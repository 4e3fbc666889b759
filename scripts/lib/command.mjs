import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ExpectedError } from './errors.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] keeps the output back and hands it to the caller
 * @property {(message: unknown) => void} [onMessage] opens a channel on which a Node program can send messages
 */

/** A child that has not ended after its signal for this long is killed. */
const graceMs = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
let isEnding = false;

/**
 * Runs a program to its end. Resolves with its exit code; with `quiet`, also with what it wrote. Once
 * {@link endChildren} was called, it starts nothing any more and never resolves: the task is over.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd, env, quiet = false, onMessage } = {}) {
  return new Promise((resolve, reject) => {
    if (isEnding) return;
    const stream = quiet ? 'pipe' : 'inherit';
    /** @type {'ipc'[]} */
    const channel = onMessage ? ['ipc'] : [];
    /** @type {import('node:child_process').SpawnOptions} */
    const options = {
      cwd,
      env: env ?? process.env,
      stdio: [quiet ? 'ignore' : 'inherit', stream, stream, ...channel],
      // A process group of its own, so that a signal reaches the programs behind a package's wrapper, too.
      detached: hasProcessGroups,
    };
    const child = spawn(program, args, options);
    children.add(child);
    let output = '';
    for (const part of [child.stdout, child.stderr]) {
      part?.setEncoding('utf8');
      part?.on('data', text => {
        output += text;
      });
    }
    if (onMessage) child.on('message', onMessage);
    child.on('error', error => {
      children.delete(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      children.delete(child);
      if (!isEnding) resolve({ code: signal ? 1 : (code ?? 1), output });
    });
  });
}

/**
 * Like {@link run} with `quiet`, but a failing program is an expected error that shows its last words.
 * @param {string} what names the act in the error, e.g. "Installing VS Code"
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} what the program wrote
 */
export async function runQuietly(what, program, args, options) {
  const { code, output } = await run(program, args, { ...options, quiet: true });
  if (code === 0) return output;
  throw new ExpectedError(`${what} failed:\n${lastWords(output)}`);
}

/**
 * The beginning and the end of what a program wrote.
 * @param {string} output
 */
export function lastWords(output) {
  const lines = output.trim().split('\n');
  return [...lines.slice(0, 8), ...lines.slice(8).slice(-8)].join('\n');
}

/**
 * Passes a signal on to every program that runs, and waits until all have ended.
 * @param {NodeJS.Signals} signal
 */
export async function endChildren(signal) {
  isEnding = true;
  await Promise.all([...children].map(child => end(child, signal)));
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
async function end(child, signal) {
  const closed = once(child, 'close');
  kill(child, signal);
  const force = setTimeout(() => kill(child, 'SIGKILL'), graceMs);
  await closed;
  clearTimeout(force);
}

/** On Windows, Ctrl+C reaches every process of the terminal by itself. */
const hasProcessGroups = process.platform !== 'win32';

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function kill(child, signal) {
  try {
    if (hasProcessGroups && child.pid) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch (error) {
    // It has ended in the meantime.
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
