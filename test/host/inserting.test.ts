import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { closeEditors, hostSession, openText, run } from '../support/hostSession';

const code = 'const a = 1;\nconst b = 2;\n';

suite('inserting from the panel', () => {
  const session = hostSession();
  const insert = (text: string): Promise<void> => session.receive({ type: 'insert', text });

  /** As after a click into the page. */
  async function focusPanel(): Promise<void> {
    const left = new Promise<void>(resolve => {
      const subscription = vscode.window.onDidChangeActiveTextEditor(editor => {
        if (editor) return;
        subscription.dispose();
        resolve();
      });
    });
    await run(commands.showPanel);
    await left;
    assert.equal(vscode.window.activeTextEditor, undefined);
  }

  setup(() => closeEditors());

  test('puts the text at the cursor of the editor left for the panel, and one undo takes it back', async () => {
    const { document } = await openText(code, 'plaintext', new vscode.Range(1, 0, 1, 0));
    await focusPanel();
    await insert('first();\nsecond();\n');
    assert.equal(document.getText(), 'const a = 1;\nfirst();\nsecond();\nconst b = 2;\n');
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await run('undo');
    assert.equal(document.getText(), code);
  });

  for (const [what, range, text, expected] of [
    ['whole lines', [0, 0, 1, 0], 'new();', 'const a = 1;\nnew();\nconst b = 2;\n'],
    ['a line without its break', [0, 0, 0, 12], 'new();', 'const a = 1;\nnew();\nconst b = 2;\n'],
    ['the whole file', [0, 0, 2, 0], 'new();\n', 'const a = 1;\nconst b = 2;\nnew();\n'],
    ['a part of a line', [0, 6, 0, 7], 'bc', 'const abc = 1;\nconst b = 2;\n'],
  ] as const) {
    test(`selected code stays, and the text goes behind it: ${what}`, async () => {
      const editor = await openText(code);
      editor.selection = new vscode.Selection(range[0], range[1], range[2], range[3]);
      await focusPanel();
      await insert(text);
      assert.equal(editor.document.getText(), expected);
      assert.ok(
        vscode.window.activeTextEditor?.selection.isEmpty,
        'the next key would replace what is selected',
      );
      await run('undo');
      assert.equal(editor.document.getText(), code);
    });
  }

  for (const [used, expected] of [
    ['left', ['xleft\n', 'right\n']],
    ['right', ['left\n', 'xright\n']],
  ] as const) {
    test(`goes to the ${used} editor of two when that was used last`, async () => {
      const left = (await openText('left\n', 'plaintext', new vscode.Range(0, 0, 0, 0))).document;
      const right = await vscode.workspace.openTextDocument({ content: 'right\n' });
      await vscode.window.showTextDocument(right, vscode.ViewColumn.Two);
      if (used === 'left') await vscode.window.showTextDocument(left, vscode.ViewColumn.One);
      await focusPanel();
      await insert('x');
      assert.deepEqual([left.getText(), right.getText()], expected);
      await run('undo');
      assert.deepEqual([left.getText(), right.getText()], ['left\n', 'right\n']);
    });
  }

  test('shows the document again when its tab is hidden by then', async () => {
    const { document } = await openText(code, 'plaintext', new vscode.Range(1, 3, 1, 3));
    await run(commands.showPanel);
    await vscode.commands.executeCommand('vscode.open', icon(), vscode.ViewColumn.One);
    assert.deepEqual(vscode.window.visibleTextEditors, []);
    await insert('x');
    assert.equal(document.getText(), 'const a = 1;\nconxst b = 2;\n');
    assert.equal(vscode.window.activeTextEditor?.document, document);
  });

  test('without an editor, or with one that was closed, is a clear sentence', async () => {
    await openText(code);
    await closeEditors();
    await run(commands.showPanel);
    await insert('x');
    assert.match(session.shown.at(-1)?.text ?? '', /no editor to insert into: click into the file/);
    assert.deepEqual(vscode.window.visibleTextEditors, []);
  });

  test('into a read-only document is a clear sentence', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('readonly-test', {
      provideTextDocumentContent: () => code,
    });
    try {
      const uri = vscode.Uri.parse('readonly-test:/notes.txt');
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
      await focusPanel();
      await insert('x');
      assert.match(session.shown.at(-1)?.text ?? '', /Nothing was inserted: .*notes\.txt is read-only/);
    } finally {
      provider.dispose();
    }
  });

  test('a new file opens beside the panel, in its language, and leaves the editor as it was', async () => {
    const { document } = await openText(code);
    await focusPanel();
    await session.receive({ type: 'newFile', text: 'let x;\n', language: 'ts' });
    const opened = vscode.window.activeTextEditor;
    assert.equal(opened?.document.getText(), 'let x;\n');
    assert.equal(opened?.document.languageId, 'typescript');
    assert.equal(opened?.viewColumn, vscode.ViewColumn.One);
    assert.ok(isPanelVisible());
    assert.equal(document.getText(), code);
  });

  test('a new file without any editor leaves the panel to be seen', async () => {
    await closeEditors();
    await run(commands.showPanel);
    await session.receive({ type: 'newFile', text: '# Hi\n', language: 'unheard-of' });
    assert.equal(vscode.window.activeTextEditor?.document.getText(), '# Hi\n');
    assert.ok(isPanelVisible());
  });
});

const icon = (): vscode.Uri =>
  vscode.Uri.joinPath(
    vscode.extensions.getExtension('ask-openrouter.ask-openrouter')?.extensionUri ?? vscode.Uri.file('/'),
    'media',
    'icon.png',
  );

function isPanelVisible(): boolean {
  return vscode.window.tabGroups.all.some(
    ({ activeTab }) =>
      activeTab?.input instanceof vscode.TabInputWebview &&
      activeTab.input.viewType.includes('askOpenRouter.answer'),
  );
}
