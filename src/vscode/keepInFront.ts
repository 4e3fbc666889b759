import * as vscode from 'vscode';

/**
 * A webview looks four times a second whether it has the focus, and then says so. Of a click in a page VS Code may hear
 * only after the click has opened an editor: then it makes the page's group the active one again, while the keyboard is
 * in the editor. No command for the editor works there, and no click into it changes that.
 */
const lateFocusMs = 300;

/** Shows an editor that a click in a page asks for; and once more, while it is open, should the page be in front then. */
export async function keepInFront(
  show: () => Thenable<unknown>,
  isOpen: () => boolean,
  lateMs = lateFocusMs,
): Promise<void> {
  await show();
  setTimeout(() => {
    if (isPageInFront() && isOpen()) void show();
  }, lateMs);
}

const isPageInFront = (): boolean =>
  vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
