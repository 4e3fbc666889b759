import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { ExpectedError } from '../lib/errors.mjs';
import { takeSignals } from '../lib/signals.mjs';
import { provide } from './cache.mjs';
import { npm } from './npm.mjs';
import { nodePackages, requiredNodeMajor } from './versions.mjs';

/** Whether this very process runs on a Node that is new enough. */
export const isNodeNewEnough = Number(process.versions.node.split('.')[0]) >= requiredNodeMajor;

/** Runs this same script again on Node 24 from npm and ends with its exit code. */
export async function runAgainOnNode24() {
  const program = await provideNode(requiredNodeMajor);
  // First on PATH, for the npm scripts that are started from there.
  const env = { ...process.env, PATH: [dirname(program), process.env.PATH].join(delimiter) };
  const child = spawn(program, process.argv.slice(1), { env, stdio: 'inherit' });
  // It ends what it has started and says with which code.
  takeSignals(signal => child.kill(signal));
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/**
 * A Node of one major version from npm.
 * @param {keyof typeof nodePackages} major
 * @returns {Promise<string>} the path of the `node` program
 */
export async function provideNode(major) {
  const platform = `${process.platform}-${process.arch}`;
  const pinned = /** @type {Record<string, { package: string, version: string }>} */ (nodePackages[major])[
    platform
  ];
  if (!pinned) {
    throw new ExpectedError(
      `This needs Node ${major}, which npm does not carry for ${platform}: install it from https://nodejs.org and try again.`,
    );
  }
  const name = `node-${platform}-${pinned.version}`;
  const folder = await provide(`Fetching Node ${pinned.version} from npm`, name, async draft => {
    await npm('Fetching Node', ['install', '--prefix', draft, `${pinned.package}@${pinned.version}`]);
  });
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', pinned.package, 'bin', program);
}
