import assert from 'node:assert/strict';
import { join } from 'node:path';
import { findLeaks } from '../support/secretScan';
import { type Simulator, startSimulator } from '../support/simulator';
import { until } from '../support/workbench/until';
import { openWorkbench, type Workbench } from '../support/workbench/workbench';

const key = 'sk-or-v1-e2e-0123456789abcdef0123456789abcdef0123456789abcdef';

suite('a first answer in the packaged extension', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    simulator = await startSimulator();
    const settings = { 'askOpenRouter.baseUrl': simulator.url, 'askOpenRouter.model': 'openai/gpt-4o-mini' };
    workbench = await openWorkbench({ settings });
  });

  suiteTeardown(async () => {
    await workbench?.dispose();
    await simulator?.dispose();
  });

  teardown(async function () {
    if (!this.currentTest?.isFailed()) return;
    await workbench.screenshot(
      join('out', 'failures', `${this.currentTest.title.replaceAll(/\W+/g, '-')}.png`),
    );
  });

  test('a pasted key is checked and kept', async () => {
    await workbench.runCommand('OpenRouter: Set API Key…');
    await workbench.quickInput.type(key);
    await workbench.quickInput.accept();
    await workbench.quickInput.waitUntilHidden();
    await until('the key check', () => simulator.requests.some(request => request.path.endsWith('/key')));
  });

  test('a selected function is explained, and the cost shown is the cost billed', async () => {
    await workbench.editor.open('src/cart.ts');
    await workbench.editor.select({ startLine: 8, startColumn: 1, endLine: 14, endColumn: 2 });
    await workbench.runCommand('OpenRouter: Explain Selection');
    const frame = await workbench.webviewFrame('[data-part=status][data-value=completed]');
    const cost = await frame.locator('[data-part=cost]').getAttribute('data-value');
    const [bill, ...others] = simulator.bill.entries;
    assert.deepEqual(others, []);
    assert.equal(cost, bill?.costUsd);
  });

  test('a reload of the window keeps the key and the answer', async () => {
    await workbench.reload();
    await workbench.webviewFrame('[data-part=status][data-value=completed]');
    await workbench.editor.open('src/debounce.js');
    await workbench.runCommand('OpenRouter: Explain Selection');
    await until('the second bill', () => simulator.bill.entries.length === 2);
    assert.equal(simulator.requests.at(-1)?.headers.authorization, `Bearer ${key}`);
  });

  test('the key is in no file that VS Code or the extension wrote, logs included', async () => {
    const logs = join(workbench.dataFolder, 'data', 'logs');
    const folders = [workbench.dataFolder, workbench.workspace, logs];
    assert.deepEqual(findLeaks(key, { folders, texts: { server: workbench.serverOutput } }), []);
  });
});
