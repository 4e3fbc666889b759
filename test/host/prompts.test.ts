import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { plain } from '../../src/core/base/plainText';
import { commands } from '../../src/ids';
import { VscodeDialogs } from '../../src/vscode/dialogs';
import {
  closeEditors,
  hostSession,
  lastChatBody,
  lastTurn,
  openText,
  run,
  setSetting,
} from '../support/hostSession';
import { activate, OpenedLists } from '../support/openedLists';

const $ = '$';

suite('own prompts in VS Code', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });
  const [root] = vscode.workspace.workspaceFolders ?? [];
  const inWorkspace = (...parts: readonly string[]): vscode.Uri => {
    assert.ok(root);
    return vscode.Uri.joinPath(root.uri, ...parts);
  };
  const write = (uri: vscode.Uri, text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const lastPrompt = (): string =>
    (lastChatBody(session).messages as { content: string }[]).at(-1)?.content ?? '';

  setup(() => closeEditors());
  teardown(async () => {
    for (const path of ['.github', 'keep.pem'])
      await vscode.workspace.fs
        .delete(inWorkspace(path), { recursive: true })
        .then(undefined, () => undefined);
  });

  test('a prompt of the workspace runs by name with its variables, and a change of it counts at once', async () => {
    const file = inWorkspace('.github', 'prompts', 'review.prompt.md');
    await write(
      file,
      [
        '---',
        'description: Reviews',
        '---',
        `Review ${$}{selection} in ${$}{fileBasename} (${$}{language}).`,
      ].join('\n'),
    );
    const editor = await openText('const a = 1;\n');
    editor.selection = new vscode.Selection(0, 0, 0, 12);
    await vscode.commands.executeCommand(commands.runPrompt, 'review');
    assert.match(lastPrompt(), /^Review const a = 1; in .+ \(\w+\)\.$/);
    assert.equal((await session.ledger.get(lastTurn(session).id))?.promptId, 'review');
    await write(file, 'Now this.');
    await vscode.commands.executeCommand(commands.runPrompt, 'review');
    assert.match(lastPrompt(), /^Now this\./);
  });

  test('a secret in the code leaves masked and is inserted as it is', async () => {
    const secret = `ghp_${'a1B2c3D4e5F6g7H8i9'.repeat(2)}`;
    await openText(`const token = "${secret}";\n`);
    await run(commands.explain);
    assert.ok(!JSON.stringify(session.requests.map(({ rawBody }) => rawBody)).includes(secret));
    assert.match(lastPrompt(), /const token = "MASKED_SECRET_1_[A-Z0-9]{8}";/);
    assert.deepEqual(lastTurn(session).sent.masked, [{ kind: 'GitHub token', place: 'code', line: 1 }]);
    assert.match(lastTurn(session).answer.text, new RegExp(secret));
  });

  test('a file that is never sent is refused in a sentence that names the setting', async () => {
    await write(inWorkspace('keep.pem'), 'nothing to see');
    await setSetting('neverSend', ['*.pem']);
    await vscode.window.showTextDocument(inWorkspace('keep.pem'));
    await run(commands.explain);
    assert.equal(session.requests.length, 0);
    assert.match(session.shown.at(-1)?.text ?? '', /askOpenRouter\.neverSend/);
  });
});

suite('a list with a button in its rows', () => {
  const lists = new OpenedLists();
  const rows = [
    { label: plain('with'), isFor: true },
    { label: plain('without'), isFor: false },
  ];
  const open = () => {
    const button = {
      icon: 'open-preview',
      label: plain('Preview'),
      isFor: (row: { isFor: boolean }) => row.isFor,
    };
    return new VscodeDialogs().pickOrPress(
      rows,
      { title: plain('Rows'), placeHolder: plain('One of them') },
      button,
    );
  };

  test('gives the row that Enter takes, and nothing when it is dismissed', async () => {
    const picking = open();
    const box = await lists.next();
    assert.deepEqual(
      box.items.map(({ label, buttons = [] }) => [label, buttons.map(({ tooltip }) => tooltip)]),
      [
        ['with', ['Preview']],
        ['without', []],
      ],
    );
    await activate(box, box.items.slice(1));
    await run('workbench.action.acceptSelectedQuickOpenItem');
    assert.deepEqual(await picking, { item: rows[1], isButton: false });
    const dismissed = open();
    await lists.next();
    await run('workbench.action.closeQuickOpen');
    assert.equal(await dismissed, undefined);
  });
});
