import * as vscode from 'vscode';
import type { EditedPreview } from '../app/ports';
import { commands } from '../ids';

/** Untitled JSON documents, each with a request that is sent by a line above it or by the command. */
export class RequestPreviews implements vscode.CodeLensProvider, vscode.Disposable {
  /** What each would cost, by the document's address. */
  private readonly estimates = new Map<string, string>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider({ scheme: 'untitled' }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.estimates.delete(uri.toString())),
    );
  }

  async open(json: string, estimate: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: json, language: 'json' });
    this.estimates.set(document.uri.toString(), estimate);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  get active(): EditedPreview | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !this.estimates.has(document.uri.toString())) return undefined;
    return { json: document.getText(), close: () => this.close(document) };
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const estimate = this.estimates.get(document.uri.toString());
    if (estimate === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const send = { title: '$(send) Send This Request', command: commands.previewRequest };
    const cost = { title: `As it was opened: ${estimate}`, command: '' };
    return [new vscode.CodeLens(top, send), new vscode.CodeLens(top, cost)];
  }

  dispose(): void {
    this.subscription.dispose();
  }

  /** Emptied first, because VS Code asks before it closes a document with unsaved text. */
  private async close(document: vscode.TextDocument): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.delete(document.uri, new vscode.Range(0, 0, document.lineCount, 0));
    await vscode.workspace.applyEdit(edit);
    const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
    const isOfDocument = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString();
    await vscode.window.tabGroups.close(tabs.filter(isOfDocument));
  }
}
