import * as vscode from 'vscode';
import { pathToTell } from '../app/ask/pathToTell';
import type { SentCode } from '../core/chat/conversation';

/** Where a document is, as far as a model is told. */
export function placeOf(document: vscode.TextDocument): Pick<SentCode, 'languageId' | 'path' | 'cell'> {
  const { languageId, uri } = document;
  const cell = cellOf(document);
  // The address of a cell is in no workspace folder: its notebook is.
  return { languageId, path: pathOf(cell?.notebook.uri ?? uri), ...(cell && { cell: cell.index + 1 }) };
}

export function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
  return vscode.workspace.notebookDocuments
    .flatMap(notebook => notebook.getCells())
    .find(cell => cell.document === document);
}

/** Outside the workspace the name alone: the folders above it tell who the user is. */
export function pathOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const path = folder ? vscode.workspace.asRelativePath(uri, false) : (uri.path.split('/').at(-1) ?? '');
  const folderNames = (vscode.workspace.workspaceFolders ?? []).map(({ name }) => name);
  return pathToTell({ path, folder: folder?.index, folderNames });
}
