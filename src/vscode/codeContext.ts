import * as vscode from 'vscode';
import type { CodeScope, SentCode } from '../core/chat/conversation';

interface NamedRange {
  readonly name: string;
  readonly range: vscode.Range;
}

/**
 * The code an action applies to: the selection, else the smallest symbol around the cursor, else the whole
 * file; `empty` when the document holds nothing but white space.
 */
export async function resolveCode(editor: vscode.TextEditor): Promise<SentCode | 'empty'> {
  const { document, selection } = editor;
  if (!isBlank(document.getText(selection))) return toSentCode(document, selection, 'selection');
  const symbol = await symbolAt(document, selection.active);
  if (symbol && !isBlank(document.getText(symbol.range))) {
    return { ...toSentCode(document, symbol.range, 'symbol'), symbolName: symbol.name };
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  return isBlank(document.getText(whole)) ? 'empty' : toSentCode(document, whole, 'file');
}

/** The code selected in `editor`; undefined when there is none. */
export function selectedCode(editor: vscode.TextEditor): SentCode | undefined {
  if (isBlank(editor.document.getText(editor.selection))) return undefined;
  return toSentCode(editor.document, editor.selection, 'selection');
}

const isBlank = (text: string): boolean => text.trim() === '';

function toSentCode(document: vscode.TextDocument, range: vscode.Range, scope: CodeScope): SentCode {
  const endsAtLineStart = range.end.character === 0 && range.end.line > range.start.line;
  return {
    text: document.getText(range),
    languageId: document.languageId,
    path: pathToTell(document.uri),
    scope,
    startLine: range.start.line + 1,
    endLine: endsAtLineStart ? range.end.line : range.end.line + 1,
  };
}

/** Outside the workspace the name alone: the folders above it tell who the user is. */
function pathToTell(uri: vscode.Uri): string {
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return isInside ? vscode.workspace.asRelativePath(uri, false) : (uri.path.split('/').at(-1) ?? '');
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
