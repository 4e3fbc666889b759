import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { lastWords, run } from '../lib/command.mjs';
import { ExpectedError } from '../lib/errors.mjs';

/**
 * Runs npm with this very Node. The user's npm configuration applies, but no install script runs and no
 * audit or funding request is made.
 * @param {string} what names the act in the error
 * @param {readonly string[]} args
 * @param {import('../lib/command.mjs').CommandOptions} [options]
 */
export async function npm(what, args, options = {}) {
  const flags = [
    ...['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'],
    // A registry that cannot be reached is said after seconds, not after a minute.
    ...['--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=5000'],
  ];
  const env = { ...(options.env ?? process.env) };
  // npm hands its own settings on to its children as variables: a folder given to `npm start` is not meant for us.
  for (const name of Object.keys(env)) if (/^npm_config_(local_)?prefix$/i.test(name)) delete env[name];
  const command = [npmProgram(), ...args, ...flags];
  const { code, output } = await run(process.execPath, command, { ...options, env, quiet: true });
  if (code !== 0) throw new ExpectedError(explain(what, output));
}

/** @returns {string} npm's own JavaScript file */
export function npmProgram() {
  const given = process.env.npm_execpath;
  if (given && /npm-cli\.(c|m)?js$/.test(given) && existsSync(given)) return given;
  const places = (process.env.PATH ?? '').split(delimiter);
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
  return `${what} failed:\n${lastWords(output)}`;
}
