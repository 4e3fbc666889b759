import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, userSettingsFile, writeSettings } from './userSettings';
import { installExtension, startVscodeServer } from './vscodeServer';
import { sampleProject } from './workbench';

export interface UserHome {
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly workspace: string;
  dispose(): void;
}

/** A fresh place for somebody who tries the extension: a copy of the sample project and settings. */
export function createUserHome(settings: Settings): UserHome {
  const home = mkdtempSync(join(tmpdir(), 'ask-openrouter-'));
  const dataFolder = join(home, 'data');
  const extensionsFolder = join(home, 'extensions');
  const workspace = join(home, 'sample-project');
  cpSync(sampleProject, workspace, { recursive: true });
  mkdirSync(extensionsFolder);
  writeSettings(dataFolder, { settings });
  const dispose = (): void => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  return { dataFolder, extensionsFolder, workspace, dispose };
}

/** Installs the packaged extension and serves VS Code to the user's own browser. */
export async function serveWorkbench(
  home: UserHome,
  { vsix, port }: { readonly vsix: string; readonly port: number },
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  installExtension(vsix, home);
  const server = await startVscodeServer({ ...home, port });
  return { url: `${server.url}/?folder=${encodeURIComponent(home.workspace)}`, stop: () => server.stop() };
}

/** Arguments that open a desktop VS Code on the sample project with the extension as it is in `extension`. */
export function desktopArguments(home: UserHome, extension: string): readonly string[] {
  const userData = join(home.dataFolder, 'desktop');
  mkdirSync(join(userData, 'User'), { recursive: true });
  cpSync(userSettingsFile(home.dataFolder), join(userData, 'User', 'settings.json'));
  return [
    `--extensionDevelopmentPath=${extension}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${home.extensionsFolder}`,
    '--new-window',
    '--wait',
    home.workspace,
  ];
}
