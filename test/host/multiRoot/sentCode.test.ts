import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/ids';
import { hostSession, lastChatBody, lastTurn, run } from '../../support/hostSession';

suite('code of a workspace with several folders', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });

  for (const [index, told] of [
    'one (workspace folder 1)/src/index.ts',
    'two/src/index.ts',
    'one (workspace folder 3)/src/index.ts',
  ].entries()) {
    test(`tells which folder the file lies in: ${told}`, async () => {
      const folder = vscode.workspace.workspaceFolders?.[index]?.uri ?? vscode.Uri.file('/');
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'src', 'index.ts'));
      await run(commands.explain);
      assert.equal(lastTurn(session).sent.code?.path, told);
      const prompt = (lastChatBody(session).messages as { content: string }[]).at(-1)?.content ?? '';
      assert.ok(prompt.includes(`\n${told}, lines 1–`), prompt);
    });
  }
});
