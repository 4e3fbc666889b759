import * as vscode from 'vscode';
import { unlessAborted } from '../core/base/wait';

/** What takes less is over before a notification is read. */
const slowMs = 500;

/** Everything the extension asks or tells the user outside its own pages. */
export class Dialogs {
  /** One line of text; undefined when dismissed. Stays open when the focus moves away. */
  async input(options: vscode.InputBoxOptions): Promise<string | undefined> {
    return vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  }

  /** A question that must be answered before going on; undefined when cancelled. */
  async confirm(message: string, detail: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  }

  async inform(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showInformationMessage(message, ...buttons);
  }

  async warn(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, ...buttons);
  }

  async error(message: string, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(message, ...buttons);
  }

  /** One of `items`; undefined when dismissed. */
  async pick<T extends vscode.QuickPickItem>(
    items: readonly T[],
    options: vscode.QuickPickOptions,
  ): Promise<T | undefined> {
    return vscode.window.showQuickPick(items, { matchOnDescription: true, ...options });
  }

  /** Where to save; undefined when cancelled. VS Code itself asks before replacing a file. */
  async saveFile(options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined> {
    return vscode.window.showSaveDialog(options);
  }

  /**
   * Runs `task` with a cancellable progress notification. `report` replaces the message beside the title;
   * `percent` is how much was done since the last report.
   */
  async progress<T>(
    title: string,
    task: (signal: AbortSignal, report: (message: string, percent?: number) => void) => Promise<T>,
  ): Promise<T> {
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        return task(abort.signal, (message, increment) => progress.report({ message, increment }));
      },
    );
  }

  /** Shows the progress of `task` only when it takes long; undefined when the user did not wait for it. */
  async wait<T>(title: string, task: Promise<T>): Promise<T | undefined> {
    const isSlow = new Promise<true>(resolve => setTimeout(resolve, slowMs, true));
    if ((await Promise.race([task.then(() => false), isSlow])) === false) return task;
    return this.progress(title, signal => unlessAborted(task, signal));
  }

  /** Shows a file of this machine where it lies; in a browser, where that cannot be, copies its path. */
  async revealFile(path: string): Promise<void> {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) {
      await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
      return;
    }
    await this.copy(path);
    await this.inform(`Copied the path: ${path}`);
  }

  /**
   * Opens a web or mail address outside VS Code, which asks the user first unless the domain is trusted.
   * Anything else, such as a `command:` or `file:` address a model wrote, is not opened.
   */
  async openLink(href: string): Promise<void> {
    const uri = vscode.Uri.parse(href);
    if (['https', 'http', 'mailto'].includes(uri.scheme)) await vscode.env.openExternal(uri);
    else await this.warn(`This link is not opened, because it does not lead to the web: ${href}`);
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }
}
