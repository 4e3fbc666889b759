import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { freshWorkbench } from '../support/workbench/oneWorkbench';
import { until } from '../support/workbench/until';
import type { Workbench } from '../support/workbench/workbench';

const link = '[Free credits](command:workbench.action.files.newUntitledFile)';
const image = '![i](https://evil.example/h.png)';
const fileName = '[Make it writable](command:workbench.action.files.newUntitledFile).ts';
const free = { prompt: '0', completion: '0' };

/** A server that writes markup wherever it can write. */
function answer(path: string, response: ServerResponse): void {
  if (path.endsWith('/models')) {
    const models = [
      { id: 'icon/name', name: '$(trash) Icon: $(sync~spin) Name', pricing: free },
      { id: 'nl/name', name: 'Line one\nLine two \u202Egpj.exe', pricing: free },
      { id: 'link/name', name: `See ${link}`, pricing: free },
    ];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: models }));
  } else if (path.endsWith('/chat/completions')) {
    const chunk = {
      id: 'gen-1',
      provider: `x\` ${image} ${link} \`y`,
      model: `icon/$(error) ${image}`,
      choices: [{ index: 0, delta: { content: 'let y;' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, cost: 0.01 },
    };
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
  } else {
    const error = { code: 403, message: `See ${link} $(error)\nSecond line` };
    response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  }
}

suite('text of files and servers in a real VS Code', () => {
  let server: Server;
  let workbench: Workbench;
  const asked: string[] = [];

  suiteSetup(async () => {
    server = createServer((request, response) => answer(request.url ?? '', response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    workbench = await freshWorkbench({
      settings: {
        'askOpenRouter.baseUrl': `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
        'askOpenRouter.model': 'icon/$(error)name',
        'files.readonlyInclude': { '**/*.ts': true },
      },
    });
    writeFileSync(join(workbench.workspace, fileName), 'let x = 1;\n');
    workbench.page.on('request', request => asked.push(request.url()));
  });
  suiteTeardown(() => void server.close());

  /** Nothing to press or to see but what VS Code and we have put there. */
  async function assertPlain(place: Locator, icons: string): Promise<void> {
    assert.equal(await place.locator('a[data-href*="command:workbench"], a[href*="evil"], img').count(), 0);
    assert.equal(await place.locator(icons).count(), 0);
  }

  test('the status bar draws no icon of a model', async () => {
    const item = await workbench.statusBarItem('name');
    await assertPlain(item, '.codicon-error');
    assert.match(await item.innerText(), /icon\/\$ \(error\)name/);
  });

  test('the question and the box of the key have no link of a server', async () => {
    await workbench.runCommand('OpenRouter: Set API Key…');
    await workbench.quickInput.type('sk-or-v1-e2e-0123456789abcdef0123456789abcdef0123456789abcdef');
    await workbench.quickInput.accept();
    assert.match(await workbench.dialog.text(), /Free credits/);
    await workbench.page.keyboard.press('Escape');
    await until('the reason in the box', async () =>
      (await workbench.quickInput.message()).includes('Free credits'),
    );
    await assertPlain(
      workbench.quickInput.widget,
      '.quick-input-message a, .quick-input-message .codicon-error',
    );
    await workbench.quickInput.accept();
    await workbench.dialog.click('Store Anyway');
    await workbench.statusBarItem('is stored for');
  });

  test('the list of models has no icon and no line of a server', async () => {
    const rows = await workbench.openList('OpenRouter: Select Model…', all =>
      all.some(({ label }) => label.startsWith('Line one')),
    );
    const labels = rows.map(({ label }) => label);
    assert.ok(labels.includes('$ (trash) Icon: $ (sync~spin) Name'), labels.join('\n'));
    assert.ok(labels.includes('Line one Line two ⟨U+202E⟩gpj.exe'), labels.join('\n'));
    await assertPlain(
      workbench.quickInput.widget.locator('.quick-input-list'),
      '.codicon-trash, .codicon-sync',
    );
    await workbench.quickInput.cancel();
  });

  test('a notification has no link of a file', async () => {
    // Quick open would take what is behind a colon for a line.
    await workbench.page
      .locator('.explorer-folders-view .monaco-list-row', { hasText: 'Make it' })
      .dblclick();
    await workbench.page.locator('.tab.active', { hasText: 'Make it writable' }).waitFor();
    await workbench.runCommand('OpenRouter: Explain Selection');
    const panel = await workbench.webviewFrame('[data-part=status][data-value=completed]');
    await panel.locator('[data-part=insert]').last().click();
    const toast = await workbench.toasts.find('Nothing was inserted');
    assert.match(await toast.innerText(), /Make it writable\] \(command:/);
    await assertPlain(toast, '.notification-list-item-message a');
  });

  test('the tooltip of the status bar loads and links nothing of a server', async () => {
    const item = await workbench.statusBarItem('name');
    await item.hover();
    const tooltip = workbench.page.locator('.monaco-hover', { hasText: 'Last request' }).last();
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /Free credits/);
    await assertPlain(tooltip, '.codicon-error');
    assert.deepEqual(
      asked.filter(url => url.includes('evil')),
      [],
    );
  });
});
