import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { keepInFront } from '../../src/vscode/keepInFront';
import { closeEditors } from '../support/hostSession';
import { until } from '../support/workbench/until';

suite('an editor that a click in a page opens', () => {
  let page: vscode.WebviewPanel;
  let shown: number;

  setup(async () => {
    await closeEditors();
    shown = 0;
    page = vscode.window.createWebviewPanel('page', 'Page', vscode.ViewColumn.One);
    await until('the page in front', () => inFront() instanceof vscode.TabInputWebview);
  });
  teardown(async () => {
    page.dispose();
    await closeEditors();
  });

  const inFront = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  /** Until whatever a timer of 0 ms does is done. */
  const later = () => new Promise(resolve => setTimeout(resolve, 5));

  async function show(): Promise<void> {
    shown++;
  }

  async function showEditor(): Promise<void> {
    await show();
    const document = await vscode.workspace.openTextDocument({ content: 'what was opened' });
    await vscode.window.showTextDocument(document);
    await until('the editor', () => inFront() instanceof vscode.TabInputText);
  }

  test('is shown again where the page is in front', async () => {
    await keepInFront(show, () => true, 0);
    await until('it to be shown again', () => shown === 2);
    await later();
    assert.equal(shown, 2, 'but only once');
  });

  test('is shown once where it is in front', async () => {
    await keepInFront(showEditor, () => true, 0);
    await later();
    assert.equal(shown, 1);
  });

  test('is not opened again when it was closed meanwhile', async () => {
    await keepInFront(show, () => false, 0);
    await later();
    assert.equal(shown, 1);
  });
});
