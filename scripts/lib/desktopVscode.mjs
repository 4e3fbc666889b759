import { existsSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { ExpectedError } from './errors.mjs';

/**
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {(file: string) => boolean} exists
 */

/** @type {Machine} */
const thisMachine = { platform: process.platform, env: process.env, exists: existsSync };

/**
 * The program of the desktop VS Code to use: the one `VSCODE_PATH` names, else `code` on PATH; undefined when
 * there is none or `VSCODE_PATH` is empty.
 * @param {Machine} [machine]
 * @returns {string | undefined}
 */
export function findDesktopVscode(machine = thisMachine) {
  const { platform, env, exists } = machine;
  const given = env.VSCODE_PATH;
  if (given === '') return undefined;
  if (given !== undefined) {
    const program = toProgram(given, machine);
    if (program) return program;
    const why = exists(given) ? 'has no VS Code beside it' : 'does not exist';
    throw new ExpectedError(`VSCODE_PATH names ${given}, which ${why}: correct or unset it.`);
  }
  const { delimiter, join } = platform === 'win32' ? win32 : posix;
  const names = platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => names.map(name => join(folder, name)))
    .map(file => toProgram(file, machine))
    .find(program => program !== undefined);
}

/**
 * `file`, or the program it starts where it is a batch file: Node starts none without a shell.
 * See https://nodejs.org/en/blog/vulnerability/april-2024-security-releases-2
 * @param {string} file
 * @param {Machine} machine
 * @returns {string | undefined} undefined when it does not exist
 */
function toProgram(file, { platform, exists }) {
  const isBatch = platform === 'win32' && /\.(cmd|bat)$/i.test(file);
  if (!isBatch) return exists(file) ? file : undefined;
  const name = /insiders/i.test(win32.basename(file)) ? 'Code - Insiders.exe' : 'Code.exe';
  const program = win32.join(win32.dirname(file), '..', name);
  return exists(file) && exists(program) ? program : undefined;
}
