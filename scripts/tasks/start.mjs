import { join } from 'node:path';
import { readPort } from '../lib/arguments.mjs';
import { run } from '../lib/command.mjs';
import { runDemo } from '../lib/demo.mjs';
import { findDesktopVscode } from '../lib/desktopVscode.mjs';
import { untilInterrupted } from '../lib/interrupt.mjs';
import { openInBrowser } from '../lib/openInBrowser.mjs';
import { step } from '../lib/progress.mjs';
import { buildTests, loadBundled, vsixFile } from '../lib/project.mjs';
import { connectService } from '../lib/service.mjs';
import { provideVscodeServer } from '../lib/vscode.mjs';
import { packageExtension } from './package.mjs';

const defaultPort = 8377;

/** Opens VS Code with the extension on a sample project; `--demo` drives one request without hands instead. */
export async function runTask(/** @type {string[]} */ args) {
  const isDemo = args.includes('--demo');
  const port = await readPort(args, isDemo ? 0 : defaultPort);
  await Promise.all([packageExtension(), buildTests()]);
  const service = await connectService();
  try {
    await (isDemo ? runDemo(service) : open(service, port));
  } finally {
    await service.dispose();
  }
}

/**
 * @param {import('../lib/service.mjs').Service} service
 * @param {number} port
 */
async function open(service, port) {
  const { createUserHome, serveWorkbench, desktopArguments } = await loadBundled(
    'test/support/workbench/start',
  );
  const home = createUserHome(service.settings);
  const desktop = findDesktopVscode();
  try {
    if (desktop) {
      printAdvice(service, `Opening ${desktop} on a sample project. Close its window to end.`);
      await run(desktop, desktopArguments(home, process.cwd()));
      return;
    }
    process.env.ASK_OPENROUTER_TOOLS = JSON.stringify({ vscodeServer: await provideVscodeServer() });
    const vsix = join(process.cwd(), vsixFile);
    const workbench = await step('Starting VS Code', () => serveWorkbench(home, { vsix, port }));
    printAdvice(service, `VS Code with the extension: ${workbench.url}\nCtrl+C ends it.`);
    openInBrowser(workbench.url);
    await untilInterrupted();
    await workbench.stop();
  } finally {
    home.dispose();
  }
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
