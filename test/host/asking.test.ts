import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { builtInActions } from '../../src/core/prompts/actions';
import { commands, extensionId } from '../../src/ids';
import {
  chatCount,
  closeEditors,
  conversationUntil,
  hostSession,
  lastChatBody,
  lastTurn,
  openText,
  removeKey,
  run,
  setSetting,
  tabsUntil,
  testKey,
} from '../support/hostSession';

const paid = 'openai/gpt-4o-mini';

const functionText = `export function add(a: number, b: number): number {
  return a + b;
}

export function sub(a: number, b: number): number {
  return a - b;
}
`;

const codeActions = builtInActions.filter(action => 'instruction' in action);

suite('asking', () => {
  const session = hostSession({ settings: { model: paid }, hasKey: true });

  for (const { id, instruction, title } of codeActions) {
    test(`${id} sends its instruction with the selected code and shows the answer with its true cost`, async () => {
      await openText(functionText, 'typescript');
      await run(commands[id]);
      const turn = lastTurn(session);
      assert.equal(turn.title, title);
      assert.equal(turn.answer.status, 'completed');
      assert.notEqual(turn.answer.text, '');
      const body = lastChatBody(session);
      const prompt = (body.messages as { content: string }[]).at(-1)?.content ?? '';
      assert.ok(prompt.startsWith(instruction));
      assert.ok(prompt.includes(functionText));
      const bill = session.simulator.bill.entries.at(-1);
      assert.equal(turn.answer.cost?.usd, bill?.costUsd);
      assert.equal(turn.answer.cost?.state, 'billed');
    });
  }

  test('every request carries max_tokens, the model and the attribution headers', async () => {
    await setSetting('maxTokens', 777);
    await openText('let x;');
    await run(commands.explain);
    const body = lastChatBody(session);
    assert.equal(body.max_tokens, 777);
    assert.equal(body.model, paid);
    const { headers } = session.requests.at(-1) ?? {};
    assert.equal(headers?.['x-title'], 'Ask OpenRouter');
    assert.equal(headers?.['x-openrouter-title'], 'Ask OpenRouter');
    assert.match(String(headers?.['http-referer']), /^https:/);
  });

  test('a request leaves exactly one ledger row, equal to the bill', async () => {
    await openText(functionText, 'typescript');
    await run(commands.explain);
    const turn = lastTurn(session);
    const row = await session.ledger.get(turn.id);
    const bill = session.simulator.bill.entries.at(-1);
    assert.equal(row?.generationId, bill?.generationId);
    assert.equal(row?.promptTokens, bill?.tokens.prompt);
    assert.equal(row?.completionTokens, bill?.tokens.completion);
    assert.equal(row?.action, 'explain');
    assert.equal(row?.languageId, 'typescript');
    assert.equal(row?.endpoint, session.simulator.origin);
    assert.equal(row?.outcome, 'completed');
  });

  test('without a selection the smallest symbol at the cursor is sent', async () => {
    const provider = vscode.languages.registerDocumentSymbolProvider(
      { language: 'plaintext' },
      {
        provideDocumentSymbols: () => {
          const kind = vscode.SymbolKind.Function;
          const whole = new vscode.Range(0, 0, 6, 1);
          const sub = new vscode.Range(4, 0, 6, 1);
          const outer = new vscode.DocumentSymbol('module', '', kind, whole, whole);
          outer.children.push(new vscode.DocumentSymbol('sub', '', kind, sub, sub));
          return [outer];
        },
      },
    );
    try {
      // A language VS Code knows no symbols of: nobody else answers.
      await openText(functionText, 'plaintext', new vscode.Range(5, 4, 5, 4));
      await run(commands.explain);
    } finally {
      provider.dispose();
    }
    const code = lastTurn(session).sent.code;
    assert.deepEqual(
      [code?.scope, code?.symbolName, code?.parts[0]?.startLine, code?.parts[0]?.endLine],
      ['symbol', 'sub', 5, 7],
    );
    assert.ok(code?.parts[0]?.text.startsWith('export function sub'));
  });

  test('without a selection or a symbol the whole file is sent', async () => {
    await openText('plain words\nin two lines\n', 'plaintext', new vscode.Range(0, 0, 0, 0));
    await run(commands.explain);
    const code = lastTurn(session).sent.code;
    assert.deepEqual([code?.scope, code?.parts[0]?.text], ['file', 'plain words\nin two lines\n']);
  });

  test('of a file outside the workspace only the name is told', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outside-'));
    try {
      const file = vscode.Uri.file(join(folder, 'secret-plan.txt'));
      await vscode.workspace.fs.writeFile(file, Buffer.from('plain words\n'));
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      await run(commands.explain);
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.equal(lastTurn(session).sent.code?.path, 'secret-plan.txt');
    assert.ok(!JSON.stringify(lastChatBody(session)).includes(folder));
  });

  test('a selection of white space counts as none', async () => {
    await openText('first\n\n\nlast\n', 'plaintext', new vscode.Range(1, 0, 3, 0));
    await run(commands.explain);
    assert.equal(lastTurn(session).sent.code?.scope, 'file');
  });

  test('an empty file and no editor are each a clear sentence, and nothing is sent', async () => {
    await openText('  \n ');
    await run(commands.fix);
    assert.match(session.shown.at(-1)?.text ?? '', /file is empty/);
    await closeEditors();
    await run(commands.fix);
    assert.match(session.shown.at(-1)?.text ?? '', /open a text file/);
    assert.equal(chatCount(session), 0);
  });

  test('an image has no code to send, and that is said', async () => {
    const image = vscode.Uri.joinPath(
      vscode.extensions.getExtension(extensionId)?.extensionUri ?? vscode.Uri.file('/'),
      'media',
      'icon.png',
    );
    await run('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.open', image);
    await run(commands.explain);
    assert.match(session.shown.at(-1)?.text ?? '', /Images and other binary files cannot be sent/);
    assert.equal(chatCount(session), 0);
  });

  test('the key is in nothing the panel or the user is told, whatever fails', async () => {
    await openText('let x;');
    for (const fault of ['401', '402', '500', 'html', 'error-mid', 'bad-json']) {
      session.simulator.next(fault);
      if (fault === '500') session.simulator.next(fault);
      await run(commands.explain);
    }
    const told = JSON.stringify([session.conversation, session.shown]);
    assert.ok(told.length > 1000);
    assert.ok(!told.includes(testKey));
  });

  test('emoji and right-to-left text arrive as they are', async () => {
    const text = 'const שלום = "👩‍👩‍👧‍👦 ‏مرحبا";\r\n\tx;';
    await setSetting('model', 'simulator/echo');
    const editor = await openText(text);
    await run(commands.askSelection).then(undefined, () => undefined);
    session.answers.input.push('Was heißt das? 🤔');
    await vscode.window.showTextDocument(editor.document);
    await run(commands.askSelection);
    const answer = lastTurn(session).answer.text;
    assert.ok(answer.includes('Was heißt das? 🤔'));
    assert.ok(answer.includes(editor.document.getText()));
  });

  test('ask sends the typed prompt without code, and nothing of what was asked before', async () => {
    session.answers.input.push('What is a monad?');
    await run(commands.ask);
    assert.equal(lastTurn(session).sent.code, undefined);
    session.answers.input.push('Shorter.');
    await run(commands.ask);
    const messages = lastChatBody(session).messages as { role: string; content: string }[];
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['system', 'user'],
    );
    assert.equal(messages[1]?.content, 'Shorter.');
  });

  test('a dismissed prompt sends nothing', async () => {
    session.answers.input.push(undefined);
    await run(commands.ask);
    assert.equal(chatCount(session), 0);
  });

  test('a selection of 1 MB is asked about with tokens and price; declined, it is not sent and not lost', async () => {
    await openText('let value = compute(1, 2);\n'.repeat(40_000));
    session.answers.input.push('What is this?');
    session.answers.choice.push(undefined);
    await run(commands.askSelection);
    const question = session.shown.find(({ kind }) => kind === 'confirm');
    assert.match(question?.text ?? '', /Send about \d{3},\d{3} tokens to openai\/gpt-4o-mini\?/);
    assert.match(question?.text ?? '', /Estimated cost: \$0\.\d+ to \$0\.\d+/);
    assert.equal(chatCount(session), 0);
    assert.equal(session.keptPrompt('askSelection'), 'What is this?');
    assert.equal(session.draft, '');
    session.answers.choice.push('Send');
    session.answers.input.push('What is this?');
    await run(commands.askSelection);
    assert.equal(chatCount(session), 1);
  });

  test('an answer never covers the code it is about', async () => {
    await closeEditors();
    await run(commands.showPanel);
    await openText('let x;');
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.status, 'completed');
    // VS Code tells of a tab that was moved some time after it was asked for.
    await tabsUntil(() => {
      const columns = vscode.window.tabGroups.all.map(({ tabs, viewColumn }) => [
        viewColumn,
        ...tabs.map(({ input }) => input instanceof vscode.TabInputWebview),
      ]);
      return isDeepStrictEqual(columns, [
        [1, false],
        [2, true],
      ]);
    });
  });

  test('a first question does not wait for the list of models, and gets its price while it runs', async () => {
    await session.renew();
    session.simulator.next('stall', 'chat');
    await openText('let x;');
    const asked = run(commands.explain);
    await conversationUntil(session, turn => turn.estimate?.promptUsd !== undefined);
    assert.equal(session.requests.filter(({ path }) => path.endsWith('/models')).length, 1);
    await run(commands.stop);
    await asked;
  });

  test('stop ends the request at once and keeps the text so far', async () => {
    await setSetting('model', 'simulator/stall');
    await openText('let x;');
    const asked = run(commands.explain);
    await conversationUntil(session, turn => turn.answer.text !== '');
    await run(commands.stop);
    await asked;
    const { answer } = lastTurn(session);
    assert.equal(answer.status, 'cancelled');
    assert.notEqual(answer.text, '');
    assert.equal(answer.cost?.state, 'pending');
    assert.equal((await session.ledger.get(lastTurn(session).id))?.outcome, 'cancelled');
  });

  test('without a key the first ask offers one and then continues with the same prompt', async () => {
    await removeKey(session);
    await openText(functionText, 'typescript');
    session.answers.choice.push('Set API Key');
    session.answers.input.push('  sk-or-v1-from-clipboard\n');
    await run(commands.explain);
    const { turns } = session.conversation;
    assert.equal(turns.length, 1);
    assert.equal(turns[0]?.answer.status, 'completed');
    assert.equal(turns[0]?.sent.code?.parts[0]?.text, functionText);
    assert.equal(await session.keys.get(session.simulator.origin), 'sk-or-v1-from-clipboard');
  });

  test('without a key and with the offer declined, the prompt stays in the panel with its buttons', async () => {
    await removeKey(session);
    await openText(functionText, 'typescript');
    session.answers.choice.push(undefined);
    await run(commands.explain);
    const turn = lastTurn(session);
    assert.equal(turn.answer.ending?.failure?.kind, 'noKey');
    assert.equal(turn.sent.code?.parts[0]?.text, functionText);
    assert.equal(chatCount(session), 0);
    assert.equal(await session.ledger.get(turn.id), undefined);
  });

  for (const [baseUrl, why] of [
    ['not a url', /https/],
    ['http://example.com/api/v1', /https/],
    ['ftp://127.0.0.1/x', /https/],
  ] as const) {
    test(`the base URL "${baseUrl}" is refused and nothing is sent`, async () => {
      await setSetting('baseUrl', baseUrl);
      await openText('let x;');
      await run(commands.explain);
      const { failure } = lastTurn(session).answer.ending ?? {};
      assert.equal(failure?.kind, 'invalidBaseUrl');
      assert.match(failure?.detail ?? '', why);
      // What an earlier test's request cost may still be looked up meanwhile.
      assert.equal(chatCount(session), 0);
    });
  }

  test('two questions one after the other keep one conversation and two rows', async () => {
    await openText('let x;');
    await run(commands.explain);
    await run(commands.fix);
    const [first, second] = session.conversation.turns;
    assert.ok(first && second);
    assert.ok(await session.ledger.get(first.id));
    assert.ok(await session.ledger.get(second.id));
    const { requests } = await session.ledger.totals({ fromMs: first.startedAtMs });
    assert.equal(requests, 2);
  });

  test('New Conversation begins an empty one, and shows the panel', async () => {
    await openText('let x;');
    await run(commands.explain);
    const before = session.conversation.id;
    await run(commands.newConversation);
    assert.deepEqual(session.conversation.turns, []);
    assert.notEqual(session.conversation.id, before);
  });
});
