import * as vscode from 'vscode';
import { until } from './workbench/until';

/** The lists that the extension opens in the tests of the suite around; no other one can look into them. */
export class OpenedLists {
  /** Those that {@link next} has not given yet. */
  untaken: readonly vscode.QuickPick<vscode.QuickPickItem>[] = [];

  constructor() {
    const { createQuickPick } = vscode.window;
    setup(() => {
      this.untaken = [];
      vscode.window.createQuickPick = <T extends vscode.QuickPickItem>() => {
        const box = createQuickPick<T>();
        this.untaken = [...this.untaken, box as unknown as vscode.QuickPick<vscode.QuickPickItem>];
        return box;
      };
    });
    teardown(() => {
      vscode.window.createQuickPick = createQuickPick;
    });
  }

  /** The list that is opened next, once it has been read. */
  async next(): Promise<vscode.QuickPick<vscode.QuickPickItem>> {
    const box = await until('the list', () =>
      this.untaken.find(({ busy, items }) => !busy && items.length > 0),
    );
    this.untaken = [];
    return box;
  }
}

/** Resolves when the row is the one that Enter takes. A list that is read anew meanwhile has another row in its place. */
export async function activate(
  box: vscode.QuickPick<vscode.QuickPickItem>,
  rows: readonly vscode.QuickPickItem[],
): Promise<void> {
  const isWanted = (row: vscode.QuickPickItem | undefined): boolean =>
    row?.label === rows[0]?.label && row?.description === rows[0]?.description;
  // VS Code makes the first row active by itself: then nothing changes any more.
  if (isWanted(box.activeItems[0])) return;
  const changed = new Promise<void>(resolve => {
    const subscription = box.onDidChangeActive(([row]) => {
      if (!isWanted(row)) return;
      subscription.dispose();
      resolve();
    });
  });
  box.activeItems = rows;
  await changed;
}
