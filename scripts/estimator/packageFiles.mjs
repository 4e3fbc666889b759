import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../bootstrap/cache.mjs';
import { npm } from '../bootstrap/npm.mjs';
import { runQuietly } from '../lib/command.mjs';

/**
 * The folder with the files of a package, fetched on first use. An npm package is named with its version, a
 * Debian package is that of the release this machine has.
 * @param {string} folder keeps all of them
 * @param {string} name
 * @param {'npm' | 'debian'} registry
 */
export async function providePackage(folder, name, registry) {
  const home = join(folder, name.replaceAll('/', '+'));
  if (await exists(home)) return home;
  const draft = await mkdtemp(`${home}.draft-`);
  try {
    await (registry === 'npm' ? unpackNpm(name, draft) : unpackDebian(name, draft));
    await rename(draft, home);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return home;
}

/** @param {string} name @param {string} folder */
async function unpackNpm(name, folder) {
  await npm(`Fetching ${name}`, ['pack', name], { cwd: folder });
  const [archive = ''] = await readdir(folder);
  await runQuietly(`Unpacking ${name}`, 'tar', ['xzf', archive, '--no-same-owner'], { cwd: folder });
  await rm(join(folder, archive));
}

/** @param {string} name @param {string} folder */
async function unpackDebian(name, folder) {
  await runQuietly(`Fetching ${name}`, 'apt-get', ['download', '-qq', name], { cwd: folder });
  const [archive = ''] = await readdir(folder);
  await runQuietly(`Unpacking ${name}`, 'dpkg-deb', ['-x', archive, 'files'], { cwd: folder });
  await rm(join(folder, archive));
}
