import { join } from 'node:path';
import { launchBrowser } from '../../support/workbench/browser';
import { projectFolder } from '../../support/workbench/tools';
import { startVscodeServer } from '../../support/workbench/vscodeServer';
import { noKey } from '../../support/workbench/workbench';
import { reportMark } from './hostRun';
import type { Start } from './runScenarios';

/** A run that takes longer hangs. */
const runTimeoutMs = 10 * 60_000;

/** Runs the tests in the extension host of VS Code's server, opened by a headless browser. */
export async function runInServer(start: Start): Promise<void> {
  const server = await startVscodeServer({ ...start, env: { ...noKey, ...start.env }, testDriver: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const ended = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('The tests did not end in time.')), runTimeoutMs).unref();
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    const asides: string[] = [];
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
      const line = args.join(' ');
      if (line.startsWith(reportMark)) console.log(line.slice(reportMark.length));
      else asides.push(line);
    });
    await page.goto(address(server, start.workspace));
    const code = await ended;
    if (code !== 0) throw new Error(`VS Code ended the tests with code ${code}.\n${asides.join('\n')}`);
  } finally {
    await browser.close();
    await server.stop();
  }
}

function address(server: { readonly url: string; readonly authority: string }, workspace: string): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(projectFolder)],
    ['extensionTestsPath', remote(join(projectFolder, 'out', 'test', 'host', 'runner', 'index'))],
    ['skipWelcome', 'true'],
  ];
  const kind = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  const query = new URLSearchParams({ [kind]: workspace, payload: JSON.stringify(payload) });
  return `${server.url}/?${query}`;
}
