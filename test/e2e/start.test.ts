import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../support/simulator';
import { runDemo } from '../support/workbench/demo';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { createUserHome, desktopArguments, serveWorkbench } from '../support/workbench/start';
import { packagedExtension } from '../support/workbench/workbench';

suite('npm start', () => {
  let simulator: Simulator;
  let folder: string;

  suiteSetup(async () => {
    simulator = await startSimulator();
    folder = mkdtempSync(join(tmpdir(), 'start-'));
  });
  suiteTeardown(async () => {
    await simulator.dispose();
    rmSync(folder, { recursive: true });
  });

  test('--demo asks once without hands and tells what was asked, answered, counted and billed', async () => {
    const screenshot = join(folder, 'demo.png');
    const result = await runDemo(
      {
        vsix: packagedExtension,
        baseUrl: simulator.url,
        apiKey: 'sk-or-v1-simulator',
        model: 'openai/gpt-4o-mini',
        screenshot,
      },
      async options => ({ workbench: await freshWorkbench(options), giveBack: async () => {} }),
    );
    const [bill, ...others] = simulator.bill.entries;
    assert.deepEqual(others, []);
    assert.equal(result.status, 'completed');
    assert.match(result.prompt, /function total/);
    assert.match(result.answer, /total/);
    assert.match(result.model, new RegExp(bill?.model ?? 'no bill'));
    assert.match(result.tokensIn, /^\d+$/);
    assert.match(result.tokensOut, /^\d+$/);
    assert.match(result.cost, /^\$0\.0/);
    assert.equal(result.costState, 'billed');
    assert.ok(existsSync(screenshot));
  });

  test('serves a workbench that can keep secrets, and ends it', async () => {
    const home = createUserHome({});
    const workbench = await serveWorkbench(home, { vsix: packagedExtension, port: 0 });
    const page = await fetch(workbench.url);
    const halfKey = await fetch(new URL('/mint-key', workbench.url), { method: 'POST' });
    assert.equal(page.status, 200);
    assert.equal((await halfKey.arrayBuffer()).byteLength, 32);
    await workbench.stop();
    home.dispose();
    await assert.rejects(fetch(workbench.url));
    assert.equal(existsSync(home.workspace), false);
  });

  test('opens a desktop VS Code on a copy of the sample project, with settings of its own', () => {
    const home = createUserHome({ 'askOpenRouter.baseUrl': simulator.url });
    const args = desktopArguments(home, '/extension');
    assert.ok(args.includes('--extensionDevelopmentPath=/extension'));
    assert.equal(args.at(-1), home.workspace);
    const userData = args.find(arg => arg.startsWith('--user-data-dir='))?.split('=')[1] ?? '';
    assert.ok(existsSync(join(userData, 'User', 'settings.json')));
    home.dispose();
  });
});
