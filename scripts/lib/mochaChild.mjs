// The process that `runMocha` forks: runs the files it is told and reports how many tests passed.
import Mocha from 'mocha';

process.once('message', message => {
  const { files, timeoutMs, only } = /** @type {{ files: string[], timeoutMs: number, only?: string }} */ (
    message
  );
  const mocha = new Mocha({ ui: 'tdd', timeout: timeoutMs, fgrep: only });
  for (const file of files) mocha.addFile(file);
  const runner = mocha.run(() => {
    const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
    // A test that leaves a handle open must not keep the whole run from ending.
    process.send?.({ passed: passes, failed: failures, skipped: pending }, () => process.exit());
  });
});
