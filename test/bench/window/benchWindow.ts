import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../../support/workbench/browser';
import { type Settings, writeSettings } from '../../support/workbench/userSettings';
import { installExtension, startVscodeServer } from '../../support/workbench/vscodeServer';
import { packagedExtension, sampleProject, Workbench } from '../../support/workbench/workbench';
import { packBareExtension } from './bareVsix';

export interface BenchWindowOptions {
  /** Which extensions are installed. */
  readonly extensions: readonly ('ours' | 'bare')[];
  readonly settings?: Settings;
  /** Variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Wide enough for code and two panels beside it, all visible: a hidden page does no work. */
const viewport = { width: 1680, height: 900 };

/** Opens a real VS Code with our packaged extension, the bare one, or both. Dispose it after use. */
export async function openBenchWindow({
  extensions,
  settings = {},
  env,
}: BenchWindowOptions): Promise<Workbench> {
  const home = mkdtempSync(join(tmpdir(), 'bench-'));
  const [dataFolder, extensionsFolder] = [join(home, 'data'), join(home, 'extensions')];
  const workspace = join(home, 'workspace', 'sample-project');
  cpSync(sampleProject, workspace, { recursive: true });
  mkdirSync(extensionsFolder);
  writeSettings(dataFolder, { settings });
  for (const extension of extensions) {
    const vsix = extension === 'ours' ? packagedExtension : packBareExtension(home);
    installExtension(vsix, { dataFolder, extensionsFolder });
  }
  const server = await startVscodeServer({ dataFolder, extensionsFolder, env });
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const workbench = new Workbench(page, { home, dataFolder, workspace, server, browser, context });
  await workbench.load();
  return workbench;
}

/** Long enough for what else VS Code does right after its start. */
const settleMs = 3000;

/** Waits until both extensions listen to their keys: they are activated together. */
export async function untilActivated(window: Workbench): Promise<void> {
  await window.statusBarItem(/openrouter|simulator/);
  await delay(settleMs);
}
