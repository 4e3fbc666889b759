import * as vscode from 'vscode';
import type { CodeScope, SentCode } from '../../core/chat/conversation';

interface Symbol {
  readonly name: string;
  readonly range: vscode.Range;
}

/**
 * The code an action applies to: the selection, else the smallest symbol around the cursor, else the whole
 * file. Undefined when the document holds nothing but white space.
 */
export async function resolveCode(editor: vscode.TextEditor): Promise<SentCode | undefined> {
  const { document, selection } = editor;
  if (!isBlank(document.getText(selection))) return toSentCode(document, selection, 'selection');
  const symbol = await symbolAt(document, selection.active);
  if (symbol && !isBlank(document.getText(symbol.range))) {
    return { ...toSentCode(document, symbol.range, 'symbol'), symbolName: symbol.name };
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  return isBlank(document.getText(whole)) ? undefined : toSentCode(document, whole, 'file');
}

/** The code selected in the active editor; undefined when there is none. */
export function codeAtHand(): SentCode | undefined {
  const editor = vscode.window.activeTextEditor;
  if (!editor || isBlank(editor.document.getText(editor.selection))) return undefined;
  return toSentCode(editor.document, editor.selection, 'selection');
}

const isBlank = (text: string): boolean => text.trim() === '';

function toSentCode(document: vscode.TextDocument, range: vscode.Range, scope: CodeScope): SentCode {
  const endsAtLineStart = range.end.character === 0 && range.end.line > range.start.line;
  return {
    text: document.getText(range),
    languageId: document.languageId,
    path: vscode.workspace.asRelativePath(document.uri, false),
    scope,
    startLine: range.start.line + 1,
    endLine: endsAtLineStart ? range.end.line : range.end.line + 1,
  };
}

async function symbolAt(document: vscode.TextDocument, at: vscode.Position): Promise<Symbol | undefined> {
  const found = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', document.uri);
  return flatten(found ?? [])
    .filter(symbol => symbol.range.contains(at))
    .reduce<Symbol | undefined>(
      (best, next) => (best?.range.contains(next.range) === false ? best : next),
      undefined,
    );
}

function flatten(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): Symbol[] {
  return symbols.flatMap(symbol =>
    'location' in symbol
      ? [{ name: symbol.name, range: symbol.location.range }]
      : [{ name: symbol.name, range: symbol.range }, ...flatten(symbol.children)],
  );
}
