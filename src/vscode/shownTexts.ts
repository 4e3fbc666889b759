import * as vscode from 'vscode';
import type { SafeMarkdown } from '../core/base/plainText';

const scheme = 'askopenrouter-text';

/** Texts of ours, shown by VS Code's own Markdown preview. They live as long as the window. */
export class ShownTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** `title` becomes the name of the tab. */
  async show(title: string, text: SafeMarkdown): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${title.replace(/[\\/]/g, ' ')}.md` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
