import { join } from 'node:path';
import { versions } from '../bootstrap/versions.mjs';
import { provideVscodeServer } from '../bootstrap/vscodeServer.mjs';
import { readPort } from '../lib/arguments.mjs';
import { run } from '../lib/command.mjs';
import { runDemo } from '../lib/demo.mjs';
import { findDesktopVscode } from '../lib/desktopVscode.mjs';
import { ExpectedError } from '../lib/errors.mjs';
import { openInBrowser } from '../lib/openInBrowser.mjs';
import { step } from '../lib/progress.mjs';
import { buildTests, loadBundled, packageExtension, vsixFile } from '../lib/project.mjs';
import { connectService } from '../lib/service.mjs';
import { untilSignal } from '../lib/signals.mjs';

const defaultPort = 8377;

/**
 * Opens VS Code with the extension on a sample project. `--demo` drives one request without hands instead;
 * `--inspect <port>` is for a debugger: a desktop VS Code that runs what `npm run watch` has built.
 */
export async function runTask(/** @type {string[]} */ args) {
  if (args.includes('--demo')) return withService(runDemo);
  if (args.includes('--inspect')) return debug(await readPort(args, '--inspect', 0));
  const port = await readPort(args, '--port', defaultPort);
  return withService(service => {
    const desktop = findDesktopVscode();
    return desktop ? openDesktop(service, desktop) : serve(service, port);
  });
}

/** @param {(service: import('../lib/service.mjs').Service) => Promise<void>} work */
async function withService(work) {
  await Promise.all([packageExtension(), buildTests()]);
  const service = await connectService();
  await work(service);
  await service.dispose();
}

/** @param {number} inspectPort */
async function debug(inspectPort) {
  const desktop = findDesktopVscode();
  if (!desktop) throw new ExpectedError('--inspect needs a desktop VS Code: set VSCODE_PATH to one.');
  await buildTests();
  const service = await connectService();
  await openDesktop(service, desktop, [`--inspect-extensions=${inspectPort}`]);
  await service.dispose();
}

/**
 * @param {import('../lib/service.mjs').Service} service
 * @param {string} desktop
 * @param {readonly string[]} options
 */
async function openDesktop(service, desktop, options = []) {
  const { home, desktopArguments } = await createHome(service);
  printAdvice(service, `Opening ${desktop} on a sample project. Close its window to end.`);
  await run(desktop, [...options, ...desktopArguments(home, process.cwd())]);
}

/**
 * @param {import('../lib/service.mjs').Service} service
 * @param {number} port
 */
async function serve(service, port) {
  process.env.ASK_OPENROUTER_TOOLS = JSON.stringify({
    vscodeServer: await provideVscodeServer(versions.vscode),
  });
  const { home, serveWorkbench } = await createHome(service);
  const vsix = join(process.cwd(), vsixFile);
  const workbench = await step('Starting VS Code', () => serveWorkbench(home, { vsix, port }));
  printAdvice(service, `VS Code with the extension: ${workbench.url}\nCtrl+C ends it.`);
  openInBrowser(workbench.url);
  await untilSignal();
  await workbench.stop();
}

/**
 * A place for somebody who tries the extension, deleted when the task ends, in whatever way.
 * @param {import('../lib/service.mjs').Service} service
 */
async function createHome(service) {
  const start = await loadBundled('test/support/workbench/start');
  const home = start.createUserHome(service.settings);
  process.once('exit', () => home.dispose());
  return { home, ...start };
}

/**
 * @param {import('../lib/service.mjs').Service} service
 * @param {string} where
 */
function printAdvice({ name, keyAdvice }, where) {
  console.log(`
${where}

Requests go to ${name}.
Try this:
  1. F1, "OpenRouter: Set API Key…", and ${keyAdvice}.
  2. Open src/cart.ts, select the function "total".
  3. F1, "OpenRouter: Explain Selection": watch the answer stream in and see what it cost.
  4. F1, "OpenRouter: Select Model…", and ask again.
`);
}
