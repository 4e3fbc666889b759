import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { hostSession, run, setSetting, testKey } from '../support/hostSession';
import { until } from '../support/workbench/until';

/** What VS Code would make a link or an icon of, or begin a line with. */
const markup = /\]\(|\$\(|[\n\r\u202a-\u202e\u2066-\u2069]/;

const link = '[this page](command:workbench.action.files.newUntitledFile)';
const free = { prompt: '0', completion: '0' };
const models = {
  data: [
    { id: 'icon/name', name: '$(trash) Icon: $(sync~spin) Name', pricing: free },
    { id: 'nl/name', name: 'Line one\nLine two \u202Egpj.exe', pricing: free },
    { id: 'link/$(error)', name: `See ${link}`, pricing: free },
  ],
};

suite('text of a file or a server', () => {
  const session = hostSession();
  let server: Server;

  suiteSetup(async () => {
    server = createServer((request, response) => {
      const isList = request.url?.endsWith('/models');
      response.writeHead(isList ? 200 : 403, { 'content-type': 'application/json' });
      const error = { code: 403, message: `See ${link} $(error)\n2026-01-01 [error] FORGED` };
      response.end(JSON.stringify(isList ? models : { error }));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  suiteTeardown(() => void server.close());
  setup(async () => {
    await setSetting('baseUrl', `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`);
  });

  test('is no markup in the question and the box of the key', async () => {
    session.answers.input.push(testKey, undefined);
    session.answers.choice.push(undefined);
    await run(commands.setApiKey);
    const told = session.shown.filter(({ text }) => text.includes('this page'));
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['confirm', 'input'],
    );
    for (const { text } of told) {
      // Dialogs of the tests put their own break between question and detail, title and prompt.
      assert.doesNotMatch(text.replace('\n', ' '), markup);
    }
  });

  test('is no markup in a notification that names a file', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('readonly-name', {
      provideTextDocumentContent: () => 'const a = 1;\n',
    });
    try {
      const name = '/[Make it writable](command:workbench.action.quit?%5B%22x%22%5D)$(error)\u202E.ts';
      const uri = vscode.Uri.from({ scheme: 'readonly-name', path: name });
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
      await session.receive({ type: 'insert', text: 'x' });
    } finally {
      provider.dispose();
    }
    const { text = '' } = session.shown.at(-1) ?? {};
    assert.match(text, /Make it writable/);
    assert.doesNotMatch(text, markup);
  });

  test('is no markup in a notification about a link that is not opened', async () => {
    const href = 'command:x [Free](command:workbench.action.quit)';
    await session.openLink(href);
    const { kind, text = '' } = session.shown.at(-1) ?? {};
    assert.equal(kind, 'warn');
    assert.match(text, /does not lead to the web: command:x/);
    assert.doesNotMatch(text, markup);
  });

  test('is no markup in the title of the box for a question', async () => {
    await setSetting('model', `acme/${link}$(error)`);
    session.answers.input.push(undefined);
    await run(commands.ask);
    assert.match(session.shown.at(-1)?.text ?? '', /^Ask acme/);
    assert.doesNotMatch(session.shown.at(-1)?.text ?? '', markup);
  });

  test('is no markup in the list of models', async () => {
    const { createQuickPick } = vscode.window;
    const opened: vscode.QuickPick<vscode.QuickPickItem>[] = [];
    vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
      const box = createQuickPick<T>();
      opened.push(box as unknown as vscode.QuickPick<vscode.QuickPickItem>);
      return box;
    };
    try {
      const ended = run(commands.selectModel);
      const box = await until('the list', () => opened.find(({ busy, items }) => !busy && items.length > 0));
      const rows = box.items.filter(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
      assert.equal(rows.length, 3);
      // The sign of a free model is ours.
      for (const { label, description = '', detail = '' } of rows)
        for (const text of [label, description.replace('$(gift)', ''), detail])
          assert.doesNotMatch(text, markup);
      assert.ok(
        rows.some(({ label }) => label === 'Line one Line two ⟨U+202E⟩gpj.exe'),
        JSON.stringify(rows),
      );
      await run('workbench.action.closeQuickOpen');
      await ended;
    } finally {
      vscode.window.createQuickPick = createQuickPick;
    }
  });
});
