import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { closeEditors, hostSession, lastChatBody, lastTurn, openText, run } from '../support/hostSession';

suite('requests and responses as they go over the wire', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });

  setup(() => closeEditors());

  const shown = (): vscode.TextDocument => vscode.window.activeTextEditor?.document ?? assert.fail();

  test('a response is shown in an editor that cannot be typed into', async () => {
    await openText('let x = 1;', 'javascript');
    await run(commands.explain);
    await run(commands.showRawResponse);
    const document = shown();
    assert.equal(document.languageId, 'jsonc');
    const { generationId } = lastTurn(session).answer;
    assert.ok(generationId && document.getText().includes(generationId));
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(document.isDirty, false);
  });

  test('a preview without some parts has its own price, is one step of Undo, and is sent and closed', async () => {
    await openText('let x = 1;', 'javascript');
    session.answers.pick.push('Explain Selection');
    await run(commands.previewRequest);
    const document = shown();
    const whole = document.getText();
    const priceOf = async (): Promise<string | undefined> => {
      const lenses = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
      );
      return lenses.map(({ command }) => command?.title).find(title => title?.startsWith('≈'));
    };
    const before = await priceOf();
    session.answers.pickMany.push(['System prompt']);
    await run(commands.leaveOutParts);
    assert.ok(!document.getText().includes('let x'));
    assert.notEqual(await priceOf(), before);
    await run('undo');
    assert.equal(document.getText(), whole);
    await run('redo');
    await run(commands.previewRequest);
    assert.equal(document.isClosed || !isInTab(document), true);
    assert.ok(!JSON.stringify(lastChatBody(session)).includes('let x'));
    assert.equal(lastTurn(session).action, 'explain');
  });
});

const isInTab = ({ uri }: vscode.TextDocument): boolean =>
  vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()),
  );
