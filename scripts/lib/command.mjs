import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExpectedError } from './errors.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] keeps the output back unless the command fails
 */

/**
 * Runs a program to its end. Resolves with its exit code; with `quiet`, also with what it wrote.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    child.stdout?.on('data', chunk => {
      output += chunk;
    });
    child.stderr?.on('data', chunk => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output }));
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
  if (code !== 0) throw new ExpectedError(explain(what, output));
  return output;
}

/**
 * Runs npm with this very Node. The user's npm configuration applies, but no install script runs and no
 * audit or funding request is made.
 * @param {string} what
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export function npm(what, args, options = {}) {
  const flags = [
    ...['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    // A registry that cannot be reached is said after seconds, not after a minute.
    ...['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=5000'],
  ];
  const env = { ...(options.env ?? process.env) };
  // npm hands its own settings on to its children as variables: a folder given to `npm start` is not meant for us.
  for (const name of Object.keys(env)) if (/^npm_config_(local_)?prefix$/i.test(name)) delete env[name];
  return runQuietly(what, process.execPath, [npmProgram(), ...args, ...flags], { ...options, env });
}

/** @returns {string} npm's own JavaScript file */
function npmProgram() {
  const given = process.env.npm_execpath;
  if (given && /npm-cli\.(c|m)?js$/.test(given) && existsSync(given)) return given;
  const places = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':');
  for (const folder of [dirname(process.execPath), ...places]) {
    for (const inside of [
      'node_modules/npm',
      '../lib/node_modules/npm',
      '../share/nodejs/npm',
      '../share/npm',
    ]) {
      const file = join(folder, inside, 'bin/npm-cli.js');
      if (existsSync(file)) return file;
    }
  }
  throw new ExpectedError('npm was not found: install Node.js with npm (https://nodejs.org) and try again.');
}

/**
 * @param {string} what
 * @param {string} output
 */
function explain(what, output) {
  if (/E401|E403|ENEEDAUTH/.test(output)) {
    return `${what} failed because the npm registry refused access: run \`npm login\` or check \`npm config get registry\`, then try again.`;
  }
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|EAI_AGAIN|ERR_SOCKET_TIMEOUT/.test(output)) {
    return `${what} failed because the npm registry cannot be reached: check your network, proxy and \`npm config get registry\`, then try again.`;
  }
  if (/E404|ETARGET/.test(output)) {
    return `${what} failed because your npm registry does not have it: point \`npm config set registry\` at one that mirrors registry.npmjs.org.`;
  }
  if (/ENOSPC/.test(output)) return `${what} failed because the disk is full: free about 1 GB and try again.`;
  const lines = output.trim().split('\n');
  return `${what} failed:\n${[...lines.slice(0, 8), ...lines.slice(8).slice(-8)].join('\n')}`;
}
