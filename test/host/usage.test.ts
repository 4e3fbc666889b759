import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/ids';
import { suggestedUri } from '../../src/vscode/exportTarget';
import { closeEditors, hostSession, lastTurn, openText, run, tabsUntil } from '../support/hostSession';

const tabLabels = (): string[] =>
  vscode.window.tabGroups.all.flatMap(group => group.tabs.map(({ label }) => label));

/** VS Code tells of a new tab some time after it was asked for. */
const tabOpened = (label: string): Promise<void> => tabsUntil(() => tabLabels().includes(label));

suite('usage', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' }, hasKey: true });
  const folder = mkdtempSync(join(tmpdir(), 'usage-'));

  suiteSetup(async () => {
    // What other suites have asked would be reconciled, too.
    session.answers.pick.push('Everything');
    session.answers.choice.push('Delete');
    await run(commands.deleteUsage);
  });
  setup(async () => {
    await openText('let x = 1;', 'javascript');
    await run(commands.explain);
  });
  suiteTeardown(() => rmSync(folder, { recursive: true }));

  test('the page opens in a tab of its own, once', async () => {
    await run(commands.showUsage);
    await tabOpened('OpenRouter Usage');
    await run(commands.showUsage);
    assert.equal(tabLabels().filter(label => label === 'OpenRouter Usage').length, 1);
  });

  test('an export has every request with its exact cost', async () => {
    const target = join(folder, 'usage.jsonl');
    session.answers.pick.push('Today', 'JSON Lines');
    session.answers.saveTo = vscode.Uri.file(target);
    await run(commands.exportUsage);
    const rows = readFileSync(target, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const { id, answer } = lastTurn(session);
    const row = rows.find(each => each.id === id);
    assert.ok(row);
    const bill = session.simulator.bill.get(answer.generationId ?? '');
    assert.ok(JSON.stringify(row).includes(`"${bill?.costUsd}"`));
    assert.match(session.shown.at(-1)?.text ?? '', /requests?/);
  });

  test('an export is suggested in the folder of the workspace, by whatever name', () => {
    const [folderOfWorkspace] = vscode.workspace.workspaceFolders ?? [];
    const expected = folderOfWorkspace?.uri ?? vscode.Uri.file(homedir());
    assert.equal(suggestedUri('usage.csv').toString(), vscode.Uri.joinPath(expected, 'usage.csv').toString());
  });

  test('an export that cannot be written says why', async () => {
    session.answers.pick.push('Today', 'JSON Lines');
    session.answers.saveTo = vscode.Uri.file(join(folder, 'none', 'usage.jsonl'));
    await run(commands.exportUsage);
    assert.deepEqual(session.shown.at(-1), {
      kind: 'warn',
      text: 'usage.jsonl could not be written: its folder is not there. Nothing of it was left behind.',
      buttons: [],
    });
  });

  test('reconciling looks requests up again at OpenRouter', async () => {
    session.answers.pick.push('Today (UTC)');
    await run(commands.reconcileUsage);
    const id = lastTurn(session).answer.generationId;
    const lookedUp = session.requests.some(
      ({ path, query }) => path.endsWith('/generation') && query.get('id') === id,
    );
    assert.ok(lookedUp);
  });

  test('history is deleted only after a yes that says how much', async () => {
    const { id } = lastTurn(session);
    session.answers.pick.push('Everything');
    session.answers.choice.push(undefined);
    await run(commands.deleteUsage);
    assert.ok(await session.ledger.get(id));
    session.answers.pick.push('Everything');
    session.answers.choice.push('Delete');
    await run(commands.deleteUsage);
    assert.equal(await session.ledger.get(id), undefined);
    assert.match(
      session.shown.findLast(({ kind }) => kind === 'confirm')?.text ?? '',
      /Delete \d+ requests?/,
    );
  });

  test('Show Answer Panel and Show Log open what they say', async () => {
    await closeEditors();
    await run(commands.showPanel);
    await tabOpened('OpenRouter');
    await run(commands.showLog);
  });
});
