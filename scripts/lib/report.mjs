/** @typedef {import('./mocha.mjs').Totals} Totals */

/**
 * Ends a task that ran one suite: prints its totals and fails the process when a test failed or none ran.
 * @param {string} name
 * @param {Totals} totals
 */
export function reportSuite(name, totals) {
  reportSuites(new Map([[name, totals]]));
}

/**
 * Prints every suite's totals and, as the last line, their sum. A suite that ran no test at all counts as
 * failed: it would otherwise pass by finding nothing.
 * @param {ReadonlyMap<string, Totals>} suites
 * @param {string} [note] a line of its own before the sum
 */
export function reportSuites(suites, note) {
  let [passed, failed] = [0, 0];
  console.log('');
  for (const [name, totals] of suites) {
    const failures = totals.passed + totals.failed === 0 ? 1 : totals.failed;
    const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
    console.log(`  ${name.padEnd(8)} ${totals.passed} passed, ${failures} failed${skipped}`);
    passed += totals.passed;
    failed += failures;
  }
  if (note) console.log(`\n${note}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
