import * as vscode from 'vscode';
import type { EditedPreview, Editors, Inserted } from '../app/ports';
import type { SentCode } from '../core/chat/conversation';
import { resolveCode, selectedCode } from './codeContext';
import { insertAtCursor, openAsNewFile } from './insertText';
import { LastEditor } from './lastEditor';
import { RequestPreviews } from './requestPreviews';

/** The window's text editors: what is selected in them, and putting text into them. */
export class VscodeEditors implements Editors, vscode.Disposable {
  private readonly last = new LastEditor();
  private readonly previews = new RequestPreviews();

  selectedCode(): SentCode | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && selectedCode(editor);
  }

  codeToSend(): Promise<SentCode | 'empty'> | 'noEditor' {
    // Read before anything opens: once a webview has the focus there is no active editor.
    const editor = vscode.window.activeTextEditor;
    return editor ? resolveCode(editor) : 'noEditor';
  }

  async insert(text: string): Promise<Inserted> {
    const editor = await this.last.find();
    if (!editor) return { ok: false, problem: 'noEditor' };
    if (await insertAtCursor(editor, text)) return { ok: true };
    const name = vscode.workspace.asRelativePath(editor.document.uri, false);
    return { ok: false, problem: 'readOnly', name };
  }

  async openNew(text: string, language: string | undefined): Promise<void> {
    // Not over the panel, which has the focus and is still being read.
    await openAsNewFile(text, language, this.last.column ?? vscode.ViewColumn.Beside);
  }

  openPreview(json: string, estimate: string): Promise<void> {
    return this.previews.open(json, estimate);
  }

  editedPreview(): EditedPreview | undefined {
    return this.previews.active;
  }

  dispose(): void {
    this.previews.dispose();
    this.last.dispose();
  }
}
