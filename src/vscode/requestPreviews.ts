import * as vscode from 'vscode';
import type { NewPreview, OpenPreview } from '../app/ports/editors';
import { commands } from '../ids';

/** Untitled JSON documents, each with a request that is sent by a line above it or by the command. */
export class RequestPreviews implements vscode.CodeLensProvider, vscode.Disposable {
  /** By the document's address. */
  private readonly previews = new Map<string, NewPreview>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider({ scheme: 'untitled' }, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.previews.delete(uri.toString())),
    );
  }

  async open(preview: NewPreview): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: preview.json, language: 'json' });
    this.previews.set(document.uri.toString(), preview);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  get active(): OpenPreview | undefined {
    const document = vscode.window.activeTextEditor?.document;
    const preview = document && this.previews.get(document.uri.toString());
    if (!document || !preview) return undefined;
    return {
      id: preview.id,
      json: document.getText(),
      write: json => write(document, json),
      close: () => close(document),
    };
  }

  /** VS Code asks anew after each change, so that the cost is that of the text as it stands there. */
  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const preview = this.previews.get(document.uri.toString());
    if (!preview) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lenses = [
      { title: '$(send) Send This Request', command: commands.previewRequest },
      { title: '$(checklist) Leave Out Parts…', command: commands.leaveOutParts },
      { title: await preview.describe(document.getText()), command: '' },
    ];
    return lenses.map(lens => new vscode.CodeLens(top, lens));
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** Emptied first, because VS Code asks before it closes a document with unsaved text. */
async function close(document: vscode.TextDocument): Promise<void> {
  await write(document, '');
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  const isOfDocument = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputText && input.uri.toString() === document.uri.toString();
  await vscode.window.tabGroups.close(tabs.filter(isOfDocument));
}
