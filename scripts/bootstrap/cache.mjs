import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from '../lib/errors.mjs';
import { step } from '../lib/progress.mjs';

/** A lock that nobody has touched for this long was left by a run that died. */
const staleLockMs = 15 * 60_000;

/** The folder that keeps tools between runs: `ASK_OPENROUTER_CACHE`, or the system's cache folder. */
export function cacheFolder() {
  if (process.env.ASK_OPENROUTER_CACHE) return process.env.ASK_OPENROUTER_CACHE;
  if (process.platform === 'win32') {
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'ask-openrouter');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ask-openrouter');
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ask-openrouter');
}

/**
 * The folder of a tool, installed on first use. `install` fills a temporary folder, which then becomes the
 * tool's own at once: a run that is cut short leaves no half tool behind.
 * @param {string} title shown while installing
 * @param {string} name file-system name that holds the version, e.g. `node-24.21.0`
 * @param {(folder: string) => Promise<void>} install
 * @returns {Promise<string>}
 */
export async function provide(title, name, install) {
  const folder = join(cacheFolder(), name);
  if (await exists(folder)) return folder;
  await makeCacheFolder();
  return step(title, () =>
    withLock(`${folder}.lock`, async () => {
      if (await exists(folder)) return folder;
      const draft = await mkdtemp(`${folder}.draft-`);
      try {
        await install(draft);
        await rename(draft, folder);
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
      return folder;
    }),
  );
}

async function makeCacheFolder() {
  try {
    await mkdir(cacheFolder(), { recursive: true });
  } catch {
    throw new ExpectedError(
      `The cache folder ${cacheFolder()} cannot be written: set ASK_OPENROUTER_CACHE to a folder that can, and try again.`,
    );
  }
}

/**
 * Lets one run at a time through; the others wait.
 * @template T
 * @param {string} lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withLock(lock, work) {
  while (!(await acquire(lock))) await delay(250);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** @param {string} lock */
async function acquire(lock) {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (await isAbandoned(lock)) await rm(lock, { force: true });
    return false;
  }
}

/** @param {string} lock */
async function isAbandoned(lock) {
  try {
    const [{ mtimeMs }, pid] = [await stat(lock), Number(await readFile(lock, 'utf8'))];
    return Date.now() - mtimeMs > staleLockMs || (pid > 0 && !isAlive(pid));
  } catch {
    // Its owner has just released it.
    return false;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} path */
export async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
