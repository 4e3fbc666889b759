import * as vscode from 'vscode';
import type { DocumentEdit, DocumentText, ProjectFiles } from '../app/ports/editors';
import { placeText } from '../core/chat/codeParts';
import type { SentCode } from '../core/chat/conversation';
import { proposalScheme } from '../ids';
import { cellOf, pathOf, placeOf } from './documentPlace';
import { columnOf } from './lastEditor';

/** Documents that VS Code makes up: nobody means them by a path. */
const madeUp: ReadonlySet<string> = new Set([
  proposalScheme,
  'git',
  'output',
  'vscode-scm',
  'comment',
  'vscode',
]);
/** They live in the window only: opening their address again would make another document. */
const windowOnly: ReadonlySet<string> = new Set(['untitled', 'vscode-notebook-cell']);
/** More files tell no more about how tests are named. */
const mostFiles = 2000;

/** See {@link Editors.readDocument}; so for the others below. */
export async function readDocument(address: string): Promise<DocumentText | 'gone' | 'unreadable'> {
  const uri = vscode.Uri.parse(address, true);
  if (await isDeleted(uri)) return 'gone';
  const document = openDocument(address) ?? (await open(uri));
  if (typeof document === 'string') return document;
  const eol = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  return { text: document.getText(), eol, version: document.version, name: placeText(placeOf(document)) };
}

export async function findDocument({
  path,
  cell,
}: Pick<SentCode, 'path' | 'cell'>): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.filter(
    document => !madeUp.has(document.uri.scheme) && isAt(document, path, cell),
  );
  const inFolders = cell === undefined && open.length === 0 ? await filesAt(path) : [];
  const [only, ...others] = [...open.map(({ uri }) => uri), ...inFolders];
  return others.length === 0 ? only?.toString() : undefined;
}

/** @param column where a document without a tab is shown */
export async function replaceText(
  address: string,
  version: number,
  { span, text }: DocumentEdit,
  column: vscode.ViewColumn,
): Promise<'done' | 'changed' | 'readOnly'> {
  const document = openDocument(address);
  if (document?.version !== version) return 'changed';
  const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
  const isAccepted = await (cellOf(document)
    ? replaceInCell(document, range, text)
    : replaceInEditor(document, range, text, column));
  // VS Code takes an edit of a read-only document without a word and does nothing.
  if (isAccepted && document.version !== version) return 'done';
  return document.version === version ? 'readOnly' : 'changed';
}

export async function projectFiles(address: string): Promise<ProjectFiles | undefined> {
  const uri = vscode.Uri.parse(address, true);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return undefined;
  const path = vscode.workspace.asRelativePath(uri, false);
  const ending = /\.[^./]+$/.exec(path)?.[0] ?? '';
  const files = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, `**/*${ending}`),
    '**/node_modules/**',
    mostFiles,
  );
  return { path, files: files.map(file => vscode.workspace.asRelativePath(file, false)) };
}

export async function openNewFile(
  address: string,
  path: string,
  text: string,
  column: vscode.ViewColumn,
): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(address, true));
  const uri = folder && vscode.Uri.joinPath(folder.uri, path).with({ scheme: 'untitled' });
  const document = await (uri ? vscode.workspace.openTextDocument(uri) : undefined);
  const isFree = document?.getText() === '';
  const shown = isFree ? document : await vscode.workspace.openTextDocument({ content: text });
  await vscode.window.showTextDocument(shown, { viewColumn: column });
  if (!isFree) return;
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
}

/** By its editor, which knows whether the user may type there. */
async function replaceInEditor(
  document: vscode.TextDocument,
  range: vscode.Range,
  text: string,
  column: vscode.ViewColumn,
): Promise<boolean> {
  const viewColumn = columnOf(document) ?? column;
  const { version } = document;
  const editor = await vscode.window.showTextDocument(document, { viewColumn });
  // Somebody may have typed while it was being shown: the places are not those of the text any more.
  if (document.version !== version) return false;
  const isAccepted = await editor.edit(edit => edit.replace(range, text));
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(
    new vscode.Range(range.start, range.start),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  return isAccepted;
}

/** A notebook shows its cells itself. */
async function replaceInCell(
  { uri }: vscode.TextDocument,
  range: vscode.Range,
  text: string,
): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text);
  return vscode.workspace.applyEdit(edit);
}

export const openDocument = (address: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(({ uri, isClosed }) => !isClosed && uri.toString() === address);

/** A file that was deleted stays open in its editor. */
async function isDeleted(uri: vscode.Uri): Promise<boolean> {
  if (windowOnly.has(uri.scheme) || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === undefined)
    return false;
  return !(await exists(uri));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
    throw error;
  }
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument | 'gone' | 'unreadable'> {
  if (windowOnly.has(uri.scheme)) return 'gone';
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Too large, binary, or of a scheme that nobody provides any more: VS Code says so in words only.
    return 'unreadable';
  }
}

function isAt(document: vscode.TextDocument, path: string, cell: number | undefined): boolean {
  const place = placeOf(document);
  return !document.isClosed && place.path === path && place.cell === cell;
}

/** Files of the workspace that a model was told as `path`. */
async function filesAt(path: string): Promise<readonly vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inside = folders.length > 1 ? path.slice(path.indexOf('/') + 1) : path;
  const candidates = folders.map(({ uri }) => vscode.Uri.joinPath(uri, inside));
  const found = await Promise.all(
    candidates.map(async uri => (pathOf(uri) === path && (await exists(uri)) ? [uri] : [])),
  );
  return found.flat();
}
