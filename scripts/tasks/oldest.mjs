import { provideNode } from '../bootstrap/node24.mjs';
import { provideTools } from '../bootstrap/tools.mjs';
import { oldestVscodeNodeMajor, versions } from '../bootstrap/versions.mjs';
import { buildTests, packageExtension } from '../lib/project.mjs';
import { reportSuite } from '../lib/report.mjs';
import { runEndToEndTests } from './e2e.mjs';

/** Runs the user's whole way through the packaged extension in the oldest VS Code that is supported. */
export async function runTask() {
  const node = await provideNode(oldestVscodeNodeMajor);
  await Promise.all([packageExtension(), buildTests()]);
  await provideTools(versions.oldestVscode);
  // The tests start VS Code's server on their own Node.
  reportSuite('oldest', await runEndToEndTests({ files: 'out/test/e2e/userWay.test.js', node }));
}
