import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** What drives a real VS Code without hands; the scripts fetch it. */
export interface Tools {
  /** The folder of VS Code's server that holds `out/server-main.js`. */
  readonly vscodeServer: string;
  readonly browser: {
    readonly executablePath: string;
    /** Variables the browser must be started with. */
    readonly env: Readonly<Record<string, string>>;
  };
}

/** The project's folder: the scripts run the tests from there. */
export const projectFolder = process.cwd();

let found: Tools | undefined;

/** The tools in the cache; fetched now when a test is run by itself and they are not there yet. */
export function locateTools(): Tools {
  found ??= parse(process.env.ASK_OPENROUTER_TOOLS ?? askScript());
  return found;
}

function askScript(): string {
  const script = join(projectFolder, 'scripts', 'run.mjs');
  return execFileSync(process.execPath, [script, 'tools'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
}

function parse(json: string): Tools {
  return JSON.parse(json) as Tools;
}
