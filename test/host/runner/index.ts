import { globSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { readHostRun, reportMark, type Totals } from './hostRun';

/** Runs inside VS Code's extension host: VS Code loads this module and waits for the promise. */
export async function run(): Promise<void> {
  const { files, only, resultFile } = readHostRun();
  // Stacks that name the sources.
  process.setSourceMapsEnabled(true);
  Mocha.reporters.Base.consoleLog = (...args) => {
    for (const line of format(...args).split('\n')) console.log(`${reportMark}${line}`);
  };
  const mocha = new Mocha({ ui: 'tdd', timeout: 20_000, color: false, fgrep: only });
  for (const file of globSync(files).sort()) mocha.addFile(file);
  const totals = await new Promise<Totals>(resolve => {
    const runner = mocha.run(failed =>
      resolve({ passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 }),
    );
  });
  // A file, because VS Code's exit code tells nothing about how many tests ran.
  writeFileSync(resultFile, JSON.stringify(totals));
}
