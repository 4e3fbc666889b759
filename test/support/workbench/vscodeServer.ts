import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { locateTools, projectFolder } from './tools';
import { patienceMs, until } from './until';

export interface VscodeServerOptions {
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** Variables for the server and its extension hosts, on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Lets the page load an extension under development and its tests; turns notification toasts off. */
  readonly testDriver?: boolean;
  /** Undefined: any free port. */
  readonly port?: number;
}

/** VS Code's own server, which serves the workbench at `url`. Whoever starts it stops it. */
export interface VscodeServer {
  readonly url: string;
  /** `host:port`, which is also the remote authority of its workbench. */
  readonly authority: string;
  /** What it wrote so far. */
  output(): string;
  /** The extension hosts that it says it has launched, in order. */
  extensionHosts(): readonly ExtensionHost[];
  /** Ends all extension hosts at once, as a crash would. */
  endExtensionHosts(): Promise<void>;
  stop(): Promise<void>;
}

export interface ExtensionHost {
  readonly pid: number;
  readonly isEnded: boolean;
}

/** Starts a server on a loopback port. Rejects with its output when it ends instead of listening. */
export async function startVscodeServer(options: VscodeServerOptions): Promise<VscodeServer> {
  const args = [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--without-connection-token'],
    ...['--accept-server-license-terms', '--disable-telemetry', ...folderArguments(options)],
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  // A server of its own process group: its extension hosts end with it.
  const child = spawn(process.execPath, ['--import', keyRoute, serverProgram(), ...args], {
    env: serverEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const killLeftOver = (): void => kill(child, 'SIGKILL');
  process.once('exit', killLeftOver);
  child.once('exit', () => process.off('exit', killLeftOver));
  const output: string[] = [];
  child.stderr.on('data', chunk => output.push(String(chunk)));
  const port = await new Promise<string>((resolve, reject) => {
    const giveUp = (why: string) => reject(new Error(`VS Code's server ${why}:\n${output.join('')}`));
    const timer = setTimeout(() => giveUp('did not start in time'), patienceMs);
    child.once('error', reject);
    child.once('exit', code => giveUp(`ended with code ${code}`));
    child.stdout.on('data', chunk => {
      output.push(String(chunk));
      const listening = /Extension host agent listening on (\d+)/.exec(output.join(''));
      if (!listening?.[1]) return;
      clearTimeout(timer);
      resolve(listening[1]);
    });
  });
  const authority = `127.0.0.1:${port}`;
  const readOutput = (): string => output.join('');
  return {
    url: `http://${authority}`,
    authority,
    output: readOutput,
    extensionHosts: () => readExtensionHosts(readOutput()),
    endExtensionHosts: () => endExtensionHosts(() => readExtensionHosts(readOutput())),
    stop: () => stop(child),
  };
}

function readExtensionHosts(output: string): readonly ExtensionHost[] {
  return Array.from(output.matchAll(/<(\d+)> Launched Extension Host Process/g), ([, pid]) => ({
    pid: Number(pid),
    isEnded: output.includes(`<${pid}> Extension Host Process exited`),
  }));
}

async function endExtensionHosts(read: () => readonly ExtensionHost[]): Promise<void> {
  await until('the extension hosts to end', () => {
    const running = read().filter(({ isEnded }) => !isEnded);
    for (const { pid } of running) killProcess(pid);
    return running.length === 0;
  });
}

/** A process that has ended meanwhile is left out. */
function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Installs a packaged extension into an extensions folder, as a user would. Throws with what VS Code said. */
export function installExtension(
  vsix: string,
  options: Pick<VscodeServerOptions, 'dataFolder' | 'extensionsFolder'>,
): void {
  const args = [serverProgram(), '--install-extension', vsix, '--force', ...folderArguments(options)];
  const output = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: serverEnvironment(),
  });
  if (!output.includes('was successfully installed')) throw new Error(output);
}

/** Gives the server the route that keeps secrets over a reload. */
const keyRoute = pathToFileURL(join(projectFolder, 'scripts', 'bootstrap', 'mintKey.mjs')).href;

const serverProgram = (): string => join(locateTools().vscodeServer, 'out', 'server-main.js');

const folderArguments = (options: Pick<VscodeServerOptions, 'dataFolder' | 'extensionsFolder'>): string[] => [
  '--server-data-dir',
  options.dataFolder,
  '--extensions-dir',
  options.extensionsFolder,
];

/** Without the variables of a VS Code or npm that we may have been started from. */
function serverEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|npm_)/.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  kill(child, 'SIGTERM');
  const force = setTimeout(() => kill(child, 'SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
}

/** Sends a signal to the server and its extension hosts. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (process.platform === 'win32' || child.pid === undefined) child.kill(signal);
  else process.kill(-child.pid, signal);
}
