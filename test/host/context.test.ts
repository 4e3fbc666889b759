import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { closeEditors, hostSession, lastChatBody, lastTurn, setSetting } from '../support/hostSession';

suite('adding context in VS Code', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });
  const [root] = vscode.workspace.workspaceFolders ?? [];
  const inWorkspace = (path: string): vscode.Uri => {
    assert.ok(root);
    return vscode.Uri.joinPath(root.uri, path);
  };
  const write = (path: string, text: string | Uint8Array): Thenable<void> =>
    vscode.workspace.fs.writeFile(
      inWorkspace(path),
      typeof text === 'string' ? new TextEncoder().encode(text) : text,
    );
  const add = (...paths: readonly string[]): Thenable<unknown> => {
    const uris = paths.map(inWorkspace);
    return vscode.commands.executeCommand(commands.addContext, uris[0], uris);
  };
  const labels = () => (session.composer.context ?? []).map(({ label }) => label);
  const problems = vscode.languages.createDiagnosticCollection('context');
  const made = ['added.ts', 'keep.pem', 'bytes.bin'];

  setup(async () => {
    await closeEditors();
    const ids = (session.composer.context ?? []).map(({ id }) => id);
    await session.receive({ type: 'removeContext', ids });
  });
  teardown(async () => {
    problems.clear();
    for (const path of made)
      await vscode.workspace.fs.delete(inWorkspace(path)).then(undefined, () => undefined);
  });
  suiteTeardown(() => problems.dispose());

  test('a file of the Explorer and its problems are sent as they are then', async () => {
    await write('added.ts', 'const one = 1;\n');
    await add('added.ts');
    problems.set(inWorkspace('added.ts'), [
      new vscode.Diagnostic(
        new vscode.Range(0, 6, 0, 9),
        'one is never read',
        vscode.DiagnosticSeverity.Warning,
      ),
    ]);
    session.answers.pick.push('$(warning) Problems of the Workspace');
    await vscode.commands.executeCommand(commands.addContext);
    assert.deepEqual(labels(), ['added.ts', 'Problems']);
    const editor = await vscode.window.showTextDocument(inWorkspace('added.ts'));
    await editor.edit(edit => edit.insert(new vscode.Position(1, 0), 'const two = 2;\n'));
    await session.receive({ type: 'send', text: 'Why?' });
    const { content } = (lastChatBody(session).messages as { content: string }[]).at(-1) ?? { content: '' };
    assert.match(content, /^Why\?\n\nadded\.ts, lines 1–2:\n```typescript\nconst one = 1;\nconst two = 2;\n/);
    assert.match(
      content,
      /reported in the workspace:\n```text\n[\s\S]*added\.ts\nline 1: warning: one is never read/,
    );
    assert.deepEqual(
      lastTurn(session).sent.added?.map(({ kind }) => kind),
      ['file', 'problems'],
    );
    assert.deepEqual(labels(), []);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('what must not be sent, is binary or lies elsewhere is refused with the reason', async () => {
    await setSetting('neverSend', ['*.pem']);
    await write('keep.pem', 'secret');
    await write('bytes.bin', new Uint8Array([0, 1, 2, 0, 255, 0]));
    for (const [path, reason] of [
      ['keep.pem', /neverSend forbids to send keep\.pem/],
      ['bytes.bin', /bytes\.bin is no text file/],
      ['none.ts', /none\.ts is not there any more/],
    ] as const) {
      await add(path);
      assert.match(session.shown.at(-1)?.text ?? '', reason);
    }
    await session.receive({ type: 'addFiles', uris: ['file:///etc/hostname', 'file:///etc/shadow.png'] });
    assert.match(session.shown.at(-1)?.text ?? '', /neither in the workspace nor open/);
    assert.deepEqual(labels(), []);
  });
});
