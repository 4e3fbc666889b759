import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../support/simulator';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { readText, until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

const key = 'sk-or-v1-killed-0123456789abcdef0123456789abcdef';

suite('an extension host that dies while an answer streams', () => {
  let simulator: Simulator;
  let workbench: Workbench;

  suiteSetup(async () => {
    simulator = await startSimulator();
    workbench = await freshWorkbench({
      settings: { 'askOpenRouter.baseUrl': simulator.url, 'askOpenRouter.model': 'openai/gpt-4o-mini' },
    });
  });
  suiteTeardown(() => simulator?.dispose());

  test('finds a damaged usage history: it is set aside, told once, and stops no answer', async () => {
    const folder = join(
      workbench.dataFolder,
      'data',
      'User',
      'globalStorage',
      'ask-openrouter.ask-openrouter',
    );
    const garbage = 'no database '.repeat(2000);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'ledger.sqlite'), garbage);
    await workbench.runCommand('OpenRouter: Set API Key…');
    await workbench.quickInput.type(key);
    await workbench.quickInput.accept();
    // Asked before the key is stored, the question would open a dialog.
    await workbench.statusBarItem('The API key is set.');
    await workbench.toasts.find(/usage history was damaged\. It was set aside/);
    await workbench.editor.open('src/cart.ts');
    await workbench.runCommand('OpenRouter: Explain Selection');
    await workbench.webviewFrame('[data-part=status][data-value=completed]');
    const kept = readdirSync(folder).filter(name => name !== 'ledger.sqlite' && name.startsWith('ledger'));
    assert.ok(
      kept.some(name => readFileSync(join(folder, name), 'utf8') === garbage),
      kept.join(),
    );
  });

  test('leaves a row that is settled to the last digit after the next start', async () => {
    simulator.next('stall');
    await workbench.runCommand('OpenRouter: Explain Selection');
    await until('the stream', () => simulator.activeStreams === 1);
    const frame = await workbench.webviewFrame('[data-part=turn]');
    const answer = frame.locator('[data-part=answer]').last();
    await until('some text', async () => (await readText(answer)).trim() !== '');

    const extensionHost = workbench.extensionHosts.at(-1);
    assert.ok(extensionHost, 'the server names no extension host');
    process.kill(extensionHost.pid, 'SIGKILL');
    await until('the server to notice', () => simulator.activeStreams === 0);
    // Not `reload`, which waits until VS Code has saved its editors: it may not get to that while it restarts a host.
    await workbench.load();

    await workbench.runCommand('OpenRouter: Show Usage and Cost');
    const usage = await workbench.webviewFrame('[data-part=usage-row]');
    const row = usage.locator('[data-part=usage-row]').first();
    const [, bill, ...others] = simulator.bill.entries;
    assert.ok(bill);
    assert.deepEqual(others, []);
    await until('the row to be settled', async () => /settled/i.test(await readText(row)));
    assert.equal(await usage.locator('[data-part=usage-row]').count(), 2);
    assert.ok((await readText(row)).includes(bill.costUsd), await readText(row));
  });
});
