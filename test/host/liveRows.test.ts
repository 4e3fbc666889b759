import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LiveRows } from '../../src/vscode/quickPicks';
import { run } from '../support/hostSession';
import { activate } from '../support/openedLists';

suite('a list whose rows are replaced while it is open', () => {
  let box: vscode.QuickPick<vscode.QuickPickItem>;
  let rows: LiveRows<vscode.QuickPickItem>;
  let accepted: Promise<string | undefined>;

  const rowsOf = (...labels: string[]) => labels.map(label => ({ label }));

  setup(async () => {
    box = vscode.window.createQuickPick();
    rows = new LiveRows(box);
    accepted = new Promise((resolve, reject) => {
      box.onDidAccept(() => rows.accepted().then(row => resolve(row?.label), reject));
    });
    rows.replace(rowsOf('one', 'two', 'three'));
    box.show();
    await activate(box, box.items.slice(1, 2));
  });
  teardown(() => box.dispose());

  async function pressEnterWhile(change: () => void): Promise<void> {
    const pressing = run('workbench.action.acceptSelectedQuickOpenItem');
    change();
    await pressing;
  }

  test('Enter takes the row that has the focus', async () => {
    await pressEnterWhile(() => undefined);
    assert.equal(await accepted, 'two');
  });

  test('Enter takes no other row that stands in its place by then', async () => {
    await pressEnterWhile(() => rows.replace(rowsOf('four', 'five', 'six')));
    assert.equal(await accepted, 'four');
  });

  test('Enter takes the same row where it is now', async () => {
    await pressEnterWhile(() => {
      rows.replace(rowsOf('zero', 'one', 'two', 'three'));
      box.activeItems = box.items.slice(2, 3);
    });
    assert.equal(await accepted, 'two');
  });

  test('Enter takes a row although there are fewer by then', async () => {
    await pressEnterWhile(() => rows.replace(rowsOf('two')));
    assert.equal(await accepted, 'two');
  });
});
