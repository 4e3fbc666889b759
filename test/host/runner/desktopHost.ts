import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { projectFolder } from '../../support/workbench/tools';
import { userSettingsFile } from '../../support/workbench/userSettings';
import { noKey } from '../../support/workbench/workbench';
import type { Start } from './runScenarios';

/** Runs the tests in a desktop VS Code. */
export async function runInDesktop(vscodeExecutablePath: string, start: Start): Promise<void> {
  const userData = join(start.home, 'desktop');
  mkdirSync(join(userData, 'User'), { recursive: true });
  cpSync(userSettingsFile(start.dataFolder), join(userData, 'User', 'settings.json'));
  await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: projectFolder,
    extensionTestsPath: join(projectFolder, 'out', 'test', 'host', 'runner', 'index'),
    extensionTestsEnv: { ...noKey, ...start.env },
    launchArgs: [
      start.workspace,
      '--user-data-dir',
      userData,
      '--extensions-dir',
      start.extensionsFolder,
      '--disable-workspace-trust',
      // A key ring asks for a password on machines without a session.
      '--password-store=basic',
    ],
  });
}
