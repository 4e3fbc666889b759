import * as vscode from 'vscode';
import type { PickItem, PickManyOptions, PickOptions, Pressed, RowButton } from '../app/ports/dialogs';
import { say } from '../core/base/plainText';

/**
 * The row that Enter has taken. VS Code knows it by a number which it forgets with the rows: when they were replaced at
 * that very moment, it is the one that has the focus now.
 */
export const acceptedIn = <T extends vscode.QuickPickItem>(box: vscode.QuickPick<T>): T | undefined =>
  box.selectedItems[0] ?? box.activeItems[0];

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
      const row = acceptedIn(box);
      if (row) resolve({ item: row.item, isButton: false });
    });
    box.onDidTriggerItemButton(({ item: row }) => resolve({ item: row.item, isButton: true }));
    box.onDidHide(() => resolve(undefined));
    box.show();
  }).finally(() => box.dispose());
}
