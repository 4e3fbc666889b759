// `npx vscode-test`: the host tests in a desktop VS Code, the one `VSCODE_PATH` names or one that is downloaded.
// With `INSPECT_PORT` the extension host waits for a debugger on that port before it runs them.
import { cpSync } from 'node:fs';
import { defineConfig } from '@vscode/test-cli';

const { VSCODE_PATH: fromPath, INSPECT_PORT: inspectPort } = process.env;

// A copy: the tests write into it.
const workspaceFolder = '.vscode-test/sample-project';
cpSync('test/support/sample-project', workspaceFolder, { recursive: true });

if (inspectPort) console.log(`Waiting for a debugger on port ${inspectPort}`);

export default defineConfig({
  files: 'out/test/host/*.test.js',
  workspaceFolder,
  launchArgs: [
    '--disable-workspace-trust',
    '--password-store=basic',
    ...(inspectPort ? [`--inspect-brk-extensions=${inspectPort}`] : []),
  ],
  mocha: { ui: 'tdd', timeout: inspectPort ? 0 : 20_000 },
  ...(fromPath ? { useInstallation: { fromPath } } : {}),
});
