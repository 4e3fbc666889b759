import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { provide } from './cache.mjs';
import { npm } from './command.mjs';
import { ExpectedError } from './errors.mjs';
import { endingSignals } from './interrupt.mjs';
import { nodePackages, requiredNodeMajor } from './versions.mjs';

/** Whether this very process runs on a Node that is new enough. */
export const isNodeNewEnough = Number(process.versions.node.split('.')[0]) >= requiredNodeMajor;

/** Runs this same script again on Node 24 from npm and ends with its exit code. */
export async function runAgainOnNode24() {
  const program = await provideNode24();
  const child = spawn(program, process.argv.slice(1), { stdio: 'inherit' });
  // Ctrl+C reaches the child too: it tidies up and ends first.
  for (const signal of endingSignals) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise(resolve => {
    child.on('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** @returns {Promise<string>} the path of the `node` program */
async function provideNode24() {
  const platform = `${process.platform}-${process.arch}`;
  const pinned = /** @type {Record<string, { package: string, version: string }>} */ (nodePackages)[platform];
  if (!pinned) {
    throw new ExpectedError(
      `This needs Node ${requiredNodeMajor} or newer, which npm does not carry for ${platform}: install it from https://nodejs.org and try again.`,
    );
  }
  const name = `node-${platform}-${pinned.version}`;
  const folder = await provide(`Fetching Node ${pinned.version} from npm`, name, async draft => {
    await npm('Fetching Node', ['install', '--prefix', draft, `${pinned.package}@${pinned.version}`]);
  });
  const program = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(folder, 'node_modules', pinned.package, 'bin', program);
}
