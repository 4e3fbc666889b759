import * as vscode from 'vscode';
import type { TextToRead } from '../app/ports/editors';

const scheme = 'askopenrouter-read';

/** Texts of ours in editors that cannot be typed into. One is forgotten when its editor is closed. */
export class TextsToRead implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscription = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    this.changed,
  );

  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async open({ id, name, text }: TextToRead, column: vscode.ViewColumn): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replace(/[\\/]/g, ' ')}`, query: id });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    await vscode.window.showTextDocument(uri, { viewColumn: column });
  }

  dispose(): void {
    this.subscription.dispose();
  }
}
