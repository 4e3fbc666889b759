import * as vscode from 'vscode';
import type {
  Dialogs,
  ExportTarget,
  InputOptions,
  PickItem,
  PickManyOptions,
  PickOptions,
  Pressed,
  PromptOptions,
  RowButton,
  SaveOptions,
  TypedPrompt,
} from '../app/ports/dialogs';
import { type PlainText, say } from '../core/base/plainText';
import { unlessAborted } from '../core/base/wait';
import { internalCommands } from '../ids';
import { suggestedUri, toExportTarget } from './exportTarget';
import { pickedIn, pickedOrPressed } from './quickPicks';

/** Long enough to be read twice. */
const newsMs = 15_000;

/** What takes less is over before a notification is read. */
const slowMs = 500;

export class VscodeDialogs implements Dialogs {
  private readonly newsItem = new NewsItem();

  /** Stays open when the focus moves away. */
  async input(options: InputOptions): Promise<string | undefined> {
    return vscode.window.showInputBox({ ignoreFocusOut: true, ...options });
  }

  async prompt({ title, placeHolder, prompt, value }: PromptOptions): Promise<TypedPrompt> {
    const box = vscode.window.createInputBox();
    box.title = title;
    box.placeholder = placeHolder;
    box.prompt = prompt;
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

  async news(message: PlainText, button?: string, details?: PlainText): Promise<boolean> {
    if (button === undefined && details === undefined) {
      vscode.window.setStatusBarMessage(message, newsMs);
      return false;
    }
    const pressed = this.newsItem.show(message, button, details);
    // Nobody waits for what cannot be pressed.
    return button !== undefined && pressed;
  }

  async warn(message: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showWarningMessage(message, ...buttons);
  }

  async error(message: PlainText, ...buttons: string[]): Promise<string | undefined> {
    return vscode.window.showErrorMessage(message, ...buttons);
  }

  async pick<T extends PickItem>(items: readonly T[], options: PickOptions): Promise<T | undefined> {
    return vscode.window.showQuickPick(items, { matchOnDescription: true, ...options });
  }

  pickOrPress<T extends PickItem>(
    items: readonly T[],
    options: PickOptions,
    button: RowButton<T>,
  ): Promise<Pressed<T> | undefined> {
    return pickedOrPressed(items, options, button);
  }

  async pickMany<T extends PickItem>(
    items: readonly T[],
    options: PickManyOptions<T>,
  ): Promise<readonly T[] | undefined> {
    const box = vscode.window.createQuickPick<T>();
    try {
      return await pickedIn(box, items, options);
    } finally {
      box.dispose();
    }
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
    await this.news(say`Copied the path: ${path}`);
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

/** News with a button or a tooltip in the status bar; the next one takes its place. */
class NewsItem {
  private end: () => void = () => undefined;

  /** True when it was pressed, false when it has gone. */
  show(message: PlainText, button?: string, details?: PlainText): Promise<boolean> {
    this.end();
    return new Promise(resolve => {
      const item = vscode.window.createStatusBarItem('askOpenRouter.news', vscode.StatusBarAlignment.Left);
      const finish = (isPressed: boolean): void => {
        clearTimeout(timer);
        item.dispose();
        command.dispose();
        this.end = () => undefined;
        resolve(isPressed);
      };
      const command = vscode.commands.registerCommand(internalCommands.pressNews, () => finish(true));
      const timer = setTimeout(finish, newsMs, false);
      this.end = () => finish(false);
      item.name = 'OpenRouter News';
      item.tooltip = details;
      if (button === undefined) {
        item.text = say`$(check) ${message}`;
        item.accessibilityInformation = { label: say`${message} ${details ?? ''}` };
      } else {
        item.text = say`$(check) ${message} $(chevron-right) ${button}`;
        item.command = internalCommands.pressNews;
        item.accessibilityInformation = { label: say`${message} ${details ?? ''} ${button}`, role: 'button' };
      }
      item.show();
    });
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
