import * as vscode from 'vscode';
import type {
  Dialogs,
  ExportTarget,
  InputOptions,
  PickItem,
  PromptOptions,
  SaveOptions,
  TypedPrompt,
} from '../app/ports';
import { type PlainText, say } from '../core/base/plainText';
import { unlessAborted } from '../core/base/wait';
import { suggestedUri, toExportTarget } from './exportTarget';

/** What takes less is over before a notification is read. */
const slowMs = 500;

export class VscodeDialogs implements Dialogs {
  /** Stays open when the focus moves away. */
  async input(options: InputOptions): Promise<string | undefined> {
    return vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  }

  async prompt({ title, placeHolder, value }: PromptOptions): Promise<TypedPrompt> {
    const box = vscode.window.createInputBox();
    box.title = title;
    box.placeholder = placeHolder;
    box.value = value;
    box.ignoreFocusOut = true;
    try {
      return await typedInto(box);
    } finally {
      box.dispose();
    }
  }

  async confirm(message: PlainText, detail: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  }

  async inform(message: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showInformationMessage(message, ...buttons);
  }

  async warn(message: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, ...buttons);
  }

  async error(message: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(message, ...buttons);
  }

  async pick<T extends PickItem>(
    items: readonly T[],
    options: { readonly title: PlainText; readonly placeHolder: PlainText },
  ): Promise<T | undefined> {
    return vscode.window.showQuickPick(items, { matchOnDescription: true, ...options });
  }

  async saveFile({ title, name, kind }: SaveOptions): Promise<ExportTarget | undefined> {
    const ending = name.split('.').at(-1) ?? '';
    const uri = await vscode.window.showSaveDialog({
      title,
      defaultUri: suggestedUri(name),
      filters: { [kind]: [ending] },
    });
    return uri && toExportTarget(uri);
  }

  async progress<T>(
    title: PlainText,
    task: (signal: AbortSignal, report: (message: PlainText, percent?: number) => void) => Promise<T>,
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

  async wait<T>(title: PlainText, task: Promise<T>): Promise<T | undefined> {
    const isSlow = new Promise<true>(resolve => setTimeout(resolve, slowMs, true));
    if ((await Promise.race([task.then(() => false), isSlow])) === false) return task;
    return this.progress(title, signal => unlessAborted(task, signal));
  }

  async revealFile(path: string): Promise<void> {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) {
      await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(path));
      return;
    }
    await this.copy(path);
    await this.inform(say`Copied the path: ${path}`);
  }

  /**
   * Opens a web or mail address outside VS Code, which asks the user first unless the domain is trusted.
   * Anything else, such as a `command:` or `file:` address a model wrote, is not opened.
   */
  async openLink(href: string): Promise<void> {
    const uri = vscode.Uri.parse(href);
    if (['https', 'http', 'mailto'].includes(uri.scheme)) await vscode.env.openExternal(uri);
    else await this.warn(say`This link is not opened, because it does not lead to the web: ${href}`);
  }

  async copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
  }
}

function typedInto(box: vscode.InputBox): Promise<TypedPrompt> {
  return new Promise(resolve => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const text = box.value.trim();
      if (text === '') box.validationMessage = 'Type a question first, or press Escape to leave.';
      else resolve({ text, isAccepted: true });
    });
    box.onDidHide(() => resolve({ text: box.value, isAccepted: false }));
    box.show();
  });
}
