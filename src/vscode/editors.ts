import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type {
  CodeOptions,
  CodeToSend,
  DocumentEdit,
  Editors,
  Inserted,
  NewPreview,
  OpenPreview,
  Proposal,
  TextToRead,
} from '../app/ports/editors';
import type { FollowedSpans } from '../core/apply/followedSpans';
import type { Span } from '../core/apply/span';
import type { SentCode } from '../core/chat/conversation';
import { resolveCode, selectedCode } from './codeContext';
import { fileOf } from './documentPlace';
import {
  findDocument,
  openDocument,
  openNewFile,
  projectFiles,
  readDocument,
  replaceText,
} from './documents';
import { FollowedDocuments } from './followedDocuments';
import { insertAtCursor, openAsNewFile } from './insertText';
import { LastEditor } from './lastEditor';
import { RequestPreviews } from './requestPreviews';
import { rulePathOf } from './rulePath';
import { TextsToRead } from './textsToRead';
import { ProposalDiffs } from './views/proposalDiffs';

/** The window's text editors: what is selected in them, what is put into them, and their documents. */
export class VscodeEditors implements Editors, vscode.Disposable {
  readonly last = new LastEditor();
  private readonly previews = new RequestPreviews();
  private readonly toRead = new TextsToRead();
  private readonly diffs = new ProposalDiffs();
  private readonly followed = new FollowedDocuments();
  readonly readDocument = readDocument;
  readonly findDocument = findDocument;
  readonly projectFiles = projectFiles;

  constructor(private readonly neverSend: Pick<NeverSend, 'forbids'>) {}

  /** The column where files are opened: not over the panel, which has the focus and is still being read. */
  private get fileColumn(): vscode.ViewColumn {
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

  async openUntitled(text: string, language: string | undefined): Promise<void> {
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

  follow(uri: string, spans: readonly Span[]): FollowedSpans {
    const document = openDocument(uri);
    if (!document) throw new Error('Only an open document can be followed.');
    return this.followed.follow(document, spans);
  }

  replace(uri: string, version: number, edit: DocumentEdit): Promise<'done' | 'changed' | 'readOnly'> {
    return replaceText(uri, version, edit, this.fileColumn);
  }

  openNewFile(uri: string, path: string, text: string): Promise<void> {
    return openNewFile(uri, path, text, this.fileColumn);
  }

  openProposal(proposal: Proposal): Promise<void> {
    return this.diffs.open(proposal, this.fileColumn);
  }

  proposalText(id: string): string | undefined {
    return this.diffs.text(id);
  }

  closeProposal(id: string): Promise<void> {
    return this.diffs.close(id);
  }

  activeProposal(): string | undefined {
    return this.diffs.active;
  }

  dispose(): void {
    this.previews.dispose();
    this.toRead.dispose();
    this.diffs.dispose();
    this.followed.dispose();
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
