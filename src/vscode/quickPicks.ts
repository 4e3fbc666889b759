import * as vscode from 'vscode';
import type { PickItem, PickManyOptions, PickOptions, Pressed, RowButton } from '../app/ports/dialogs';
import { say } from '../core/base/plainText';

/**
 * The rows of a list that get replaced while it is open. VS Code says by its place which row Enter has taken: while new
 * rows are on their way to the window, that is a place among the old ones, and another row stands there in the new ones.
 */
export class LiveRows<T extends vscode.QuickPickItem> {
  private arriving: Promise<void> | undefined;

  constructor(private readonly box: vscode.QuickPick<T>) {}

  replace(rows: readonly T[]): void {
    this.box.items = rows;
    const end = () => {
      if (this.arriving === arriving) this.arriving = undefined;
    };
    const arriving = windowHasRows().then(end, end);
    this.arriving = arriving;
  }

  /** Resolves when the window has the latest rows. */
  async arrival(): Promise<void> {
    while (this.arriving !== undefined) await this.arriving;
  }

  /** The row that Enter has taken: of rows that were just replaced, the one that has the focus in the new ones. */
  async accepted(): Promise<T | undefined> {
    if (!this.arriving) return this.box.selectedItems[0];
    await this.arrival();
    return this.box.activeItems[0];
  }
}

/** Resolves when the window has answered what it was sent after the rows: by then it has said which has the focus. */
async function windowHasRows(): Promise<void> {
  // VS Code sends what changes in a list with the next timer, all at once.
  await new Promise(resolve => setTimeout(resolve, 0));
  // Nothing asks for this key: it is the least that the window can be asked to do.
  await vscode.commands.executeCommand('setContext', 'askOpenRouter.hasRows', true);
}

/** Stays open until so many are picked as may be. */
export function pickedIn<T extends PickItem>(
  box: vscode.QuickPick<T>,
  items: readonly T[],
  { title, placeHolder, least, most, picked = [] }: PickManyOptions<T>,
): Promise<readonly T[] | undefined> {
  return new Promise(resolve => {
    box.items = items;
    box.title = title;
    box.placeholder = placeHolder;
    box.canSelectMany = true;
    box.matchOnDescription = true;
    box.ignoreFocusOut = true;
    box.selectedItems = items.filter(item => picked.includes(item));
    box.onDidChangeSelection(selected => {
      box.title = selected.length > most ? say`${title}: no more than ${most}` : title;
    });
    box.onDidAccept(() => {
      const { selectedItems } = box;
      if (selectedItems.length < least) box.title = say`${title}: at least ${least}`;
      else if (selectedItems.length <= most) resolve(selectedItems);
    });
    box.onDidHide(() => resolve(undefined));
    box.show();
  });
}

/** A row of ours with what VS Code shows of it. */
interface ButtonRow<T> extends vscode.QuickPickItem {
  readonly item: T;
}

/** The row that was accepted, or whose button was pressed; undefined when dismissed. */
export function pickedOrPressed<T extends PickItem>(
  items: readonly T[],
  { title, placeHolder }: PickOptions,
  { icon, label, isFor }: RowButton<T>,
): Promise<Pressed<T> | undefined> {
  const box = vscode.window.createQuickPick<ButtonRow<T>>();
  const button = { iconPath: new vscode.ThemeIcon(icon), tooltip: label };
  box.items = items.map(item => {
    const { label: name, description, detail } = item;
    return { label: name, description, detail, buttons: isFor(item) ? [button] : [], item };
  });
  box.title = title;
  box.placeholder = placeHolder;
  box.matchOnDescription = true;
  return new Promise<Pressed<T> | undefined>(resolve => {
    box.onDidAccept(() => {
      const [row] = box.selectedItems;
      if (row) resolve({ item: row.item, isButton: false });
    });
    box.onDidTriggerItemButton(({ item: row }) => resolve({ item: row.item, isButton: true }));
    box.onDidHide(() => resolve(undefined));
    box.show();
  }).finally(() => box.dispose());
}
