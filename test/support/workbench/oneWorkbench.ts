import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench';

/** Each test file is bundled by itself: what all of them share is kept by the process. */
const shared = globalThis as typeof globalThis & {
  oneWorkbench?: Promise<Workbench>;
  /** The failure that was described last. */
  described?: unknown;
};

/** The one workbench of all end-to-end tests, as new: see {@link Workbench.startOver}. */
export async function freshWorkbench(
  options: Omit<WorkbenchOptions, 'vsix' | 'env' | 'viewport'> = {},
): Promise<Workbench> {
  if (shared.oneWorkbench !== undefined) {
    const workbench = await shared.oneWorkbench;
    await workbench.startOver(options);
    return workbench;
  }
  shared.oneWorkbench = openWorkbench(options);
  return shared.oneWorkbench;
}

// Outside of any suite: after each test of all files. A failure on another machine can be understood from its report.
teardown(async function () {
  const failed = this.currentTest?.state === 'failed' ? this.currentTest : undefined;
  const opened = await shared.oneWorkbench?.catch(() => undefined);
  if (failed === undefined || failed === shared.described || opened === undefined) return;
  shared.described = failed;
  console.log(`When “${failed.title}” failed, the window showed:\n${await opened.describe()}`);
});

// After the last test of all files.
suiteTeardown(async () => {
  const opened = shared.oneWorkbench;
  shared.oneWorkbench = undefined;
  await (await opened)?.dispose();
});
