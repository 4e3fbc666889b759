import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type {
  CodeOptions,
  CodeToSend,
  Editors,
  Inserted,
  NewPreview,
  OpenPreview,
  TextToRead,
} from '../app/ports';
import type { SentCode } from '../core/chat/conversation';
import { resolveCode, selectedCode } from './codeContext';
import { fileOf } from './documentPlace';
import type { FollowedDocuments } from './followedDocuments';
import { insertAtCursor, openAsNewFile } from './insertText';
import { LastEditor } from './lastEditor';
import { RequestPreviews } from './requestPreviews';
import { rulePathOf } from './rulePath';
import { TextsToRead } from './textsToRead';

/** The window's text editors: what is selected in them, and putting text into them. */
export class VscodeEditors implements Editors, vscode.Disposable {
  readonly last = new LastEditor();
  private readonly previews = new RequestPreviews();
  private readonly toRead = new TextsToRead();

  constructor(
    private readonly followed: Pick<FollowedDocuments, 'follow'>,
    private readonly neverSend: Pick<NeverSend, 'forbids'>,
  ) {}

  /** The column where files are opened: not over the panel, which has the focus and is still being read. */
  get fileColumn(): vscode.ViewColumn {
    return this.last.column ?? vscode.ViewColumn.Beside;
  }

  selectedCode(): SentCode | undefined {
    const editor = vscode.window.activeTextEditor;
    return editor && selectedCode(editor);
  }

  async codeToSend(options: CodeOptions = {}): Promise<CodeToSend | 'empty' | 'neverSent' | 'noEditor'> {
    // Read before anything opens: once a webview has the focus there is no active editor.
    const editor =
      vscode.window.activeTextEditor ?? (isOnOwnPage() ? await this.last.findOrOpen() : undefined);
    return editor ? this.resolve(editor, options) : 'noEditor';
  }

  async insert(text: string): Promise<Inserted> {
    const editor = await this.last.find();
    if (!editor) return { ok: false, problem: 'noEditor' };
    if (await insertAtCursor(editor, text)) return { ok: true };
    const name = vscode.workspace.asRelativePath(editor.document.uri, false);
    return { ok: false, problem: 'readOnly', name };
  }

  async openNew(text: string, language: string | undefined): Promise<void> {
    await openAsNewFile(text, language, this.fileColumn);
  }

  openToRead(text: TextToRead): Promise<void> {
    return this.toRead.open(text, this.fileColumn);
  }

  openPreview(preview: NewPreview): Promise<void> {
    return this.previews.open(preview);
  }

  activePreview(): OpenPreview | undefined {
    return this.previews.active;
  }

  dispose(): void {
    this.previews.dispose();
    this.toRead.dispose();
    this.last.dispose();
  }

  private async resolve(
    editor: vscode.TextEditor,
    options: CodeOptions,
  ): Promise<CodeToSend | 'empty' | 'neverSent'> {
    const isForbidden = await this.neverSend.forbids(rulePathOf(fileOf(editor.document)));
    return isForbidden ? 'neverSent' : resolveCode(editor, options, this.followed);
  }
}

/**
 * Whether a page of VS Code's own is in front, such as the first steps, which have a button for an action. Who looks at
 * an image, a notebook or a page of an extension means no other file.
 */
function isOnOwnPage(): boolean {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab !== undefined && tab.input === undefined;
}
