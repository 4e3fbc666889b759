import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands, proposalScheme, settingsSection } from '../../src/ids';
import {
  closeEditors,
  conversationUntil,
  hostSession,
  lastChatBody,
  lastTurn,
  openText,
  run,
  setSetting,
} from '../support/hostSession';
import { until } from '../support/workbench/until';

const code = 'export function one() {\n  return 1;\n}\n\nexport function two() {\n  return 2;\n}';
const before = 'start();\n\n';
const after = '\n\nend();\n';
const better = code.replace('return 1', 'return 11').replace('return 2', 'return 22');
const answer = `Here it is:\n\n\`\`\`ts\n${better}\n\`\`\`\n`;

const codeRange = new vscode.Range(2, 0, 8, 1);

suite('applying an answer', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });

  setup(() => closeEditors());

  const told = (): string => session.shown.at(-1)?.text ?? '';

  /** Asks to refactor what is selected; the model answers with `text`. */
  async function refactor(text = answer): Promise<string> {
    session.simulator.next({ answer: { content: text } });
    await run(commands.refactor);
    return lastTurn(session).id;
  }

  const replace = (turnId: string, block?: string): Promise<void> =>
    session.receive({ type: 'replace', turnId, code: block });

  /** The second side of the diff in front. */
  function proposed(): vscode.TextDocument {
    const input = diffTab()?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const document = vscode.workspace.textDocuments.find(
      ({ uri }) => uri.toString() === input.modified.toString(),
    );
    assert.ok(document);
    return document;
  }

  const diffTab = (): vscode.Tab | undefined =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .find(
        ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme,
      );

  async function change({ uri }: vscode.TextDocument, range: vscode.Range, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, range, text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  }

  /** A file of the workspace with `text`; taken away after the test. */
  async function openFile(text: string, name = 'applied.ts'): Promise<vscode.TextEditor> {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, name);
    await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    files.push(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    return vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.One,
      selection: codeRange,
    });
  }
  const files: vscode.Uri[] = [];
  teardown(async () => {
    await closeEditors();
    for (const uri of files.splice(0)) await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
  });

  test('can be discarded', async () => {
    const { document } = await openText(before + code + after, 'typescript', codeRange);
    await replace(await refactor());
    await change(proposed(), new vscode.Range(0, 0, 0, 0), 'typed');
    await run(commands.discardChange);
    assert.equal(diffTab(), undefined);
    assert.equal(document.getText(), before + code + after);
  });

  test('shows a diff of which a block can be left out; accepting it is one step of Undo', async () => {
    const { document } = await openText(before + code + after, 'typescript', codeRange);
    await replace(await refactor());
    assert.equal(document.getText(), before + code + after, 'nothing is changed before');
    assert.equal(proposed().getText(), before + better + after);
    assert.equal(proposed().languageId, 'typescript');
    // What the arrow between the two sides does.
    await change(proposed(), new vscode.Range(3, 0, 4, 0), '  return 1;\n');
    await run(commands.acceptChange);
    assert.equal(document.getText(), before + better.replace('return 11', 'return 1') + after);
    assert.equal(diffTab(), undefined);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    assert.ok(vscode.window.activeTextEditor?.selection.isEmpty);
    await run('undo');
    assert.equal(document.getText(), before + code + after);
  });

  for (const [where, range, text, isTaken] of [
    ['above the code', new vscode.Range(0, 0, 0, 0), '// new\n', true],
    ['below the code', new vscode.Range(9, 0, 9, 0), 'new();\n', true],
    ['inside the code', new vscode.Range(3, 9, 3, 10), '111', false],
  ] as const) {
    test(`follows what is typed ${where} while the answer streams`, async () => {
      const { document } = await openText(before + code + after, 'typescript', codeRange);
      const held = new AbortController();
      const hold = {
        afterTokens: 3,
        until: new Promise(resolve => held.signal.addEventListener('abort', resolve)),
      };
      session.simulator.next({ answer: { content: answer }, delivery: { hold } });
      const asking = run(commands.refactor);
      await conversationUntil(session, turn => turn.answer.text !== '');
      await change(document, range, text);
      const edited = document.getText();
      held.abort();
      await asking;
      await replace(lastTurn(session).id);
      if (isTaken) await run(commands.acceptChange);
      assert.equal(document.getText(), isTaken ? edited.replace(code, better) : edited);
      if (!isTaken) assert.match(told(), /was changed since it was sent: nothing is replaced/);
    });
  }

  test('keeps the line ends of a file that has both', async () => {
    const { document } = await openFile((before + code + after).replace(/\n/g, '\r\n').replace('\r\n', '\n'));
    const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    await replace(await refactor());
    await run(commands.acceptChange);
    assert.equal(document.getText(), (before + better + after).replaceAll('\n', eol));
    await run('undo');
    assert.equal(document.getText(), (before + code + after).replaceAll('\n', eol));
  });

  test('opens a file again that was closed meanwhile', async () => {
    const { document } = await openFile(before + code + after);
    const turnId = await refactor();
    await closeEditors();
    await replace(turnId);
    await run(commands.acceptChange);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), document.uri.toString());
    assert.equal(editor?.document.getText(), before + better + after);
    await run('workbench.action.files.revert');
  });

  test('says so when the file was deleted meanwhile', async () => {
    const { document } = await openFile(before + code + after);
    const turnId = await refactor();
    await vscode.workspace.fs.delete(document.uri);
    await replace(turnId);
    assert.match(told(), /applied\.ts is not there any more/);
    assert.equal(diffTab(), undefined);
  });

  test('says so when an untitled document was closed meanwhile', async () => {
    await openText(before + code + after, 'typescript', codeRange);
    const turnId = await refactor();
    await closeEditors();
    await replace(turnId);
    assert.match(told(), /is not there any more/);
  });

  test('says so for a read-only document', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('readonly-test', {
      provideTextDocumentContent: () => before + code + after,
    });
    try {
      await vscode.window.showTextDocument(vscode.Uri.parse('readonly-test:/notes.ts'), {
        viewColumn: vscode.ViewColumn.One,
        selection: codeRange,
      });
      await replace(await refactor());
      await run(commands.acceptChange);
      assert.match(told(), /Nothing was replaced: notes\.ts is read-only/);
    } finally {
      provider.dispose();
    }
  });

  test('changes a huge file only where the code stands', async () => {
    const filler = 'const x = 1;\n'.repeat(200_000);
    const editor = await openText(`${before}${code}\n${filler}`, 'plaintext', codeRange);
    await replace(await refactor());
    await run(commands.acceptChange);
    assert.equal(editor.document.getText(), `${before}${better}\n${filler}`);
  });

  test('replaces each of several selections', async () => {
    const editor = await openText(before + code + after, 'typescript', new vscode.Range(2, 0, 4, 1));
    editor.selections = [new vscode.Selection(2, 0, 4, 1), new vscode.Selection(6, 0, 8, 1)];
    await until('both selections', () => vscode.window.activeTextEditor?.selections.length === 2);
    const blocks = better.split('\n\n').map(each => `\`\`\`ts\n${each}\n\`\`\``);
    await replace(await refactor(blocks.join('\n\n')));
    await run(commands.acceptChange);
    assert.equal(editor.document.getText(), before + better + after);
    assert.match(lastTurn(session).sent.prompt, /one code block for each piece/);
  });

  test('changes the cell of a notebook', async () => {
    const cells = ['first', code].map(
      text => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'typescript'),
    );
    const notebook = await vscode.workspace.openNotebookDocument(
      'jupyter-notebook',
      new vscode.NotebookData(cells),
    );
    const editor = await vscode.window.showNotebookDocument(notebook, {
      viewColumn: vscode.ViewColumn.One,
      selections: [new vscode.NotebookRange(1, 2)],
    });
    editor.selection = new vscode.NotebookRange(1, 2);
    const { document } = notebook.cellAt(1);
    await until('the keyboard in the cell', async () => {
      await run('notebook.cell.edit');
      return vscode.window.activeTextEditor?.document === document;
    });
    await run('editor.action.selectAll');
    await until('the selection', () => vscode.window.activeTextEditor?.selection.isEmpty === false);
    await replace(await refactor());
    assert.equal(proposed().languageId, document.languageId);
    await run(commands.acceptChange);
    assert.equal(document.getText(), better, told());
    assert.equal(notebook.cellAt(0).document.getText(), 'first');
  });

  test('works from the right side of a diff editor', async () => {
    const { document } = await openFile(before + code + after);
    const base = await vscode.workspace.openTextDocument({ content: before });
    await vscode.commands.executeCommand('vscode.diff', base.uri, document.uri, 'Diff', {
      viewColumn: vscode.ViewColumn.One,
      selection: codeRange,
    });
    const turnId = await refactor();
    assert.equal(lastTurn(session).sent.code?.path, 'applied.ts');
    await replace(turnId);
    await run(commands.acceptChange);
    assert.equal(document.getText(), before + better + after);
    await run('workbench.action.files.revert');
  });

  test('without asking changes the file at once, with one step of Undo', async () => {
    await setSetting('actions', { refactor: { applyWithoutAsking: true } });
    const { document } = await openText(before + code + after, 'typescript', codeRange);
    await refactor();
    await until('the change', () => document.getText() === before + better + after);
    assert.equal(diffTab(), undefined);
    await vscode.window.showTextDocument(document);
    await run('undo');
    assert.equal(document.getText(), before + code + after);
  });

  test('without asking is the user’s word alone: that of a workspace, trusted or not, does not count', async () => {
    const section = vscode.workspace.getConfiguration(settingsSection);
    const { Workspace } = vscode.ConfigurationTarget;
    const applied = { refactor: { applyWithoutAsking: true } };
    const { document } = await openText(before + code + after, 'typescript', codeRange);
    try {
      await section.update('actions', applied, Workspace);
      await refactor();
      // Also beside the user's own word for another action.
      await setSetting('actions', { fix: { applyWithoutAsking: true } });
      await refactor();
    } finally {
      await section.update('actions', undefined, Workspace);
    }
    // Whatever comes of an answer begins in the order of the answers: this one would come last.
    await setSetting('actions', applied);
    await refactor();
    await until('the change', () => document.getText() !== before + code + after);
    await vscode.window.showTextDocument(document);
    await run('undo');
    assert.equal(document.getText(), before + code + after, 'one change was made');
  });

  test('of tests opens a file where the project keeps its tests', async () => {
    await openFile(before + code + after, 'cart.ts');
    await openFile('x', 'list.ts');
    await openFile('x', 'list.spec.ts');
    const [cart] = files;
    assert.ok(cart);
    await vscode.window.showTextDocument(cart, { viewColumn: vscode.ViewColumn.One, selection: codeRange });
    session.simulator.next({ answer: { content: 'Tests:\n\n```ts\ntest();\n```\n' } });
    await run(commands.tests);
    const { id, answer: given } = lastTurn(session);
    await session.receive({ type: 'newFile', text: given.text, language: 'markdown', turnId: id });
    const opened = vscode.window.activeTextEditor?.document;
    assert.equal(opened?.getText(), 'test();\n');
    assert.match(opened?.uri.path ?? '', /\/cart\.spec\.ts$/);
    assert.ok(opened?.isUntitled);
  });
});

suite('what goes along with code', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });
  setup(() => closeEditors());

  const text = "import { a, b } from './a';\n\nclass Cart {\n  total() {\n    return b();\n  }\n}\n";

  test('is the declaration around it, imports that it uses, and for a fix what is reported in it', async () => {
    const { document } = await openText(text, 'javascript', new vscode.Range(4, 4, 4, 15));
    const reported = vscode.languages.createDiagnosticCollection('test');
    const problem = (line: number, message: string): vscode.Diagnostic =>
      Object.assign(new vscode.Diagnostic(new vscode.Range(line, 4, line, 8), message), {
        source: 'lint',
        code: 'e7',
      });
    reported.set(document.uri, [problem(4, 'No b\nhere.'), problem(0, 'Elsewhere')]);
    try {
      await run(commands.fix);
      const { code } = lastTurn(session).sent;
      assert.deepEqual(code?.context, [
        { kind: 'enclosing', text: 'class Cart {\n  total() {' },
        { kind: 'imports', text: "import { a, b } from './a';" },
        { kind: 'problems', text: 'line 5: error lint e7: No b here.' },
      ]);
      const messages = lastChatBody(session).messages as { content: string }[];
      for (const { text: part } of code?.context ?? [])
        assert.ok(messages.at(-1)?.content.includes(`\n${part}\n`));
      await openText(text, 'javascript', new vscode.Range(4, 4, 4, 15));
      await run(commands.refactor);
      assert.deepEqual(
        lastTurn(session).sent.code?.context?.map(({ kind }) => kind),
        ['enclosing', 'imports'],
      );
    } finally {
      reported.dispose();
    }
  });

  test('the light bulb offers to fix what is reported, wherever the cursor is, and to rewrite what is selected', async () => {
    const { document } = await openText(text, 'plaintext', new vscode.Range(0, 0, 0, 0));
    const range = new vscode.Range(4, 4, 4, 10);
    const reported = vscode.languages.createDiagnosticCollection('test');
    reported.set(document.uri, [Object.assign(new vscode.Diagnostic(range, 'No b.'), { code: 'e7' })]);
    const actionsAt = async (at: vscode.Range): Promise<vscode.CodeAction[]> =>
      vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, at);
    try {
      const offered = await actionsAt(range);
      const fix = offered.find(({ title }) => title === 'Fix with OpenRouter (e7)');
      assert.ok(fix?.kind && vscode.CodeActionKind.QuickFix.contains(fix.kind));
      const titles = offered.map(({ title }) => title);
      assert.ok(titles.includes('Refactor with OpenRouter') && titles.includes('Document with OpenRouter'));
      assert.ok(fix.command);
      await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
      assert.equal(lastTurn(session).action, 'fix');
      assert.ok(lastTurn(session).sent.code?.context?.some(({ kind }) => kind === 'problems'));
    } finally {
      reported.dispose();
    }
  });

  test('code lenses are there when the setting says so', async () => {
    const { document } = await openText(text, 'javascript', new vscode.Range(0, 0, 0, 0));
    const lenses = async (): Promise<readonly vscode.CodeLens[]> =>
      vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 20);
    const ours = async (): Promise<number> =>
      (await lenses()).filter(({ command }) => command?.title === 'Refactor').length;
    assert.equal(await ours(), 0);
    const provider = vscode.languages.registerDocumentSymbolProvider('javascript', {
      provideDocumentSymbols: () => [
        new vscode.DocumentSymbol(
          'Cart',
          '',
          vscode.SymbolKind.Class,
          new vscode.Range(2, 0, 6, 1),
          new vscode.Range(2, 0, 2, 5),
        ),
      ],
    });
    try {
      await setSetting('codeLens', true);
      await until('a lens', async () => (await ours()) > 0);
    } finally {
      provider.dispose();
    }
  });
});
