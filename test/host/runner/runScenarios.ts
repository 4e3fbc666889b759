import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { privateAuthority } from '../../support/network/certificates';
import { writeSettings } from '../../support/workbench/userSettings';
import { runInDesktop } from './desktopHost';
import { certifiedHost, type HostRun, runVariable, type Totals } from './hostRun';
import { findScenarios, type Scenario } from './scenario';
import { runInServer } from './serverHost';

export interface RunOptions {
  /** A desktop VS Code to run in; undefined: VS Code's server and a headless browser. */
  readonly desktop?: string;
  readonly only?: string;
}

/** What one start of VS Code needs to know. Everything lies in `home`, which is deleted afterwards. */
export interface Start {
  readonly home: string;
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Runs every scenario's tests in a VS Code of its own and sums up. */
export async function runScenarios(options: RunOptions): Promise<Totals> {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const scenario of findScenarios()) {
    const totals = await runScenario(scenario, options);
    sum.passed += totals.passed;
    sum.failed += totals.failed;
    sum.skipped += totals.skipped;
  }
  return sum;
}

async function runScenario(scenario: Scenario, { desktop, only }: RunOptions): Promise<Totals> {
  console.log(`\nIn VS Code: ${scenario.name}`);
  const home = mkdtempSync(join(tmpdir(), 'host-tests-'));
  try {
    const resultFile = join(home, 'totals.json');
    const { authority, server: certified } = privateAuthority(certifiedHost);
    const run: HostRun = { files: scenario.files, only, resultFile, certified };
    const start = prepare(home, scenario, run, authority);
    await (desktop ? runInDesktop(desktop, start) : runInServer(start));
    return JSON.parse(readFileSync(resultFile, 'utf8')) as Totals;
  } catch (error) {
    console.error(`${scenario.name} did not end as it should:`, error);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function prepare(home: string, scenario: Scenario, run: HostRun, authority: string): Start {
  const folder = join(home, 'workspace', basename(scenario.folder));
  const [dataFolder, extensionsFolder] = [join(home, 'data'), join(home, 'extensions')];
  cpSync(scenario.folder, folder, { recursive: true });
  mkdirSync(extensionsFolder);
  writeSettings(dataFolder, scenario);
  const workspace = join(folder, scenario.open ?? '');
  // Where Linux takes this file for its system store; elsewhere only an administrator changes that.
  const authorityFile = join(home, 'authority.pem');
  writeFileSync(authorityFile, authority);
  const env = { [runVariable]: JSON.stringify(run), SSL_CERT_FILE: authorityFile };
  return { home, dataFolder, extensionsFolder, workspace, env };
}
