import * as vscode from 'vscode';
import type { CodeOptions, CodeToSend } from '../app/ports/editors';
import { toSpan } from '../core/apply/span';
import { type SelectedText, toPart, toParts } from '../core/chat/codeParts';
import type { CodeContext, CodePart, SentCode } from '../core/chat/conversation';
import { problemsText } from '../core/chat/problems';
import { enclosingLines } from '../core/code/enclosing';
import { importsInUse } from '../core/code/importsInUse';
import { type FoundSymbol, symbolsOf } from './context/symbols';
import { cellOf, placeOf } from './documentPlace';
import type { FollowedDocuments } from './followedDocuments';
import { problemsIn } from './problems';

/**
 * The code an action applies to: all that is selected, else the smallest symbol around the cursor, else the whole
 * file or notebook cell; `empty` when the document holds nothing but white space.
 */
export async function resolveCode(
  editor: vscode.TextEditor,
  options: CodeOptions,
  followed: Pick<FollowedDocuments, 'follow'>,
): Promise<CodeToSend | 'empty'> {
  const code = selectedCode(editor) ?? (await codeAtCursor(editor));
  if (code === 'empty') return 'empty';
  const { document } = editor;
  // Nothing is waited for after the text was read: the places are those of the text that is sent.
  const text = document.getText();
  const spans = code.parts.flatMap(({ range }) => (range ? [toSpan(text, range)] : []));
  const context = contextOf(document, code, text, options);
  return {
    code: context.length === 0 ? code : { ...code, context },
    source: { uri: document.uri.toString(), spans: followed.follow(document, spans) },
  };
}

async function codeAtCursor({ document, selection }: vscode.TextEditor): Promise<SentCode | 'empty'> {
  const symbol = await symbolAt(document, selection.active);
  if (symbol && !isBlank(document.getText(symbol.range))) {
    const parts = [toPart(textAt(document, symbol.range))];
    return { ...placeOf(document), parts, scope: 'symbol', symbolName: symbol.name };
  }
  const whole = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  if (isBlank(document.getText(whole))) return 'empty';
  return { ...placeOf(document), parts: [toPart(textAt(document, whole))], scope: 'file' };
}

/** What goes along with the code, as far as there is any. */
function contextOf(
  document: vscode.TextDocument,
  { parts, languageId }: SentCode,
  text: string,
  { withProblems }: CodeOptions,
): readonly CodeContext[] {
  const start = parts[0]?.range && toSpan(text, parts[0].range).start;
  const code = parts.map(part => part.text).join('\n');
  const texts = {
    enclosing: enclosingLines(text.slice(0, start), parts[0]?.text ?? '').join('\n'),
    imports: importsInUse(importingText(document, text), code, languageId),
    problems: withProblems ? problemsText(problemsIn(document, toRanges(parts))) : '',
  };
  return (['enclosing', 'imports', 'problems'] as const).flatMap(kind =>
    texts[kind] === '' ? [] : [{ kind, text: texts[kind] }],
  );
}

/** What is imported in one cell of a notebook counts in all. */
function importingText(document: vscode.TextDocument, text: string): string {
  const cells = cellOf(document)?.notebook.getCells();
  return cells ? cells.map(cell => cell.document.getText()).join('\n') : text;
}

const toRanges = (parts: readonly CodePart[]): readonly vscode.Range[] =>
  parts.flatMap(({ range }) =>
    range
      ? [new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character)]
      : [],
  );

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

async function symbolAt(
  document: vscode.TextDocument,
  at: vscode.Position,
): Promise<FoundSymbol | undefined> {
  return (await symbolsOf(document.uri))
    .filter(symbol => symbol.range.contains(at))
    .reduce<FoundSymbol | undefined>(
      (best, next) => (best?.range.contains(next.range) === false ? best : next),
      undefined,
    );
}
