import * as vscode from 'vscode';
import { pathToTell } from '../app/ask/pathToTell';
import { type SelectedText, toPart, toParts } from '../core/chat/codeParts';
import type { SentCode } from '../core/chat/conversation';

interface NamedRange {
  readonly name: string;
  readonly range: vscode.Range;
}

/**
 * The code an action applies to: all that is selected, else the smallest symbol around the cursor, else the whole
 * file or notebook cell; `empty` when the document holds nothing but white space.
 */
export async function resolveCode(editor: vscode.TextEditor): Promise<SentCode | 'empty'> {
  const selected = selectedCode(editor);
  if (selected) return selected;
  const { document, selection } = editor;
  const symbol = await symbolAt(document, selection.active);
  if (symbol && !isBlank(document.getText(symbol.range))) {
    const parts = [toPart(textAt(document, symbol.range))];
    return { ...placeOf(document), parts, scope: 'symbol', symbolName: symbol.name };
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  if (isBlank(document.getText(whole))) return 'empty';
  return { ...placeOf(document), parts: [toPart(textAt(document, whole))], scope: 'file' };
}

/** The code selected in `editor`, by every one of its selections; undefined when there is none. */
export function selectedCode({ document, selections }: vscode.TextEditor): SentCode | undefined {
  const parts = toParts(selections.map(selection => textAt(document, selection)));
  return parts.length === 0 ? undefined : { ...placeOf(document), parts, scope: 'selection' };
}

const isBlank = (text: string): boolean => text.trim() === '';

function textAt(document: vscode.TextDocument, range: vscode.Range): SelectedText {
  const { start, end } = range;
  return {
    text: document.getText(range),
    // Plain data: what VS Code gives is a class.
    range: {
      start: { line: start.line, character: start.character },
      end: { line: end.line, character: end.character },
    },
  };
}

function placeOf(document: vscode.TextDocument): Pick<SentCode, 'languageId' | 'path' | 'cell'> {
  const { languageId, uri } = document;
  const cell = cellOf(document);
  // The address of a cell is in no workspace folder: its notebook is.
  return { languageId, path: pathOf(cell?.notebook.uri ?? uri), ...(cell && { cell: cell.index + 1 }) };
}

/** The file that `document` is, or that holds it. */
export const fileOf = (document: vscode.TextDocument): vscode.Uri =>
  cellOf(document)?.notebook.uri ?? document.uri;

function cellOf(document: vscode.TextDocument): vscode.NotebookCell | undefined {
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

async function symbolAt(document: vscode.TextDocument, at: vscode.Position): Promise<NamedRange | undefined> {
  const found = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  return flatten(found ?? [])
    .filter(symbol => symbol.range.contains(at))
    .reduce<NamedRange | undefined>(
      (best, next) => (best?.range.contains(next.range) === false ? best : next),
      undefined,
    );
}

function flatten(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): NamedRange[] {
  return symbols.flatMap(symbol =>
    // VS Code gives document symbols a location as well: only those have children.
    'children' in symbol
      ? [{ name: symbol.name, range: symbol.range }, ...flatten(symbol.children)]
      : [{ name: symbol.name, range: symbol.location.range }],
  );
}
