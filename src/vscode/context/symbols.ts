import * as vscode from 'vscode';
import type { ContextSource } from '../../app/ports/questionSources';
import { plain, say } from '../../core/base/plainText';
import { pathOf } from '../documentPlace';
import { LiveRows } from '../quickPicks';

type SymbolSource = Extract<ContextSource, { readonly kind: 'symbol' }>;

interface SymbolRow extends vscode.QuickPickItem {
  readonly source: SymbolSource;
}

/** Language servers give up to thousands. */
const mostShown = 200;

/** A symbol of a document with the whole of its code. */
export interface FoundSymbol {
  readonly name: string;
  readonly range: vscode.Range;
}

/** Every symbol of a document, those within others included. */
export async function symbolsOf(uri: vscode.Uri): Promise<readonly FoundSymbol[]> {
  const found = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', uri);
  return flatten(found ?? []);
}

function flatten(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
): readonly FoundSymbol[] {
  return symbols.flatMap(symbol =>
    // VS Code gives document symbols a location as well: only those have children.
    'children' in symbol
      ? [{ name: symbol.name, range: symbol.range }, ...flatten(symbol.children)]
      : [{ name: symbol.name, range: symbol.location.range }],
  );
}

/** The symbol of that name which is nearest to `line`. */
export function nearestSymbol(
  symbols: readonly FoundSymbol[],
  { name, line }: Pick<SymbolSource, 'name' | 'line'>,
): FoundSymbol | undefined {
  const distance = ({ range }: FoundSymbol) => Math.abs(range.start.line - line);
  return symbols
    .filter(symbol => bareName(symbol.name) === bareName(name))
    .sort((a, b) => distance(a) - distance(b))[0];
}

/** Some servers say `parse()` in one list and `parse` in the other. */
const bareName = (name: string): string => name.replace(/\(.*$/, '').trim();

/** Shows the symbols of the active file, and those of the workspace that fit what is typed. */
export async function pickSymbol(active: vscode.Uri | undefined): Promise<SymbolSource | undefined> {
  const box = vscode.window.createQuickPick<SymbolRow>();
  const lookUp = new AbortController();
  box.title = 'Add Symbol';
  box.placeholder = 'Type the name of a function, a class, a type …';
  box.matchOnDescription = true;
  try {
    return await chosenIn(box, active, lookUp.signal);
  } finally {
    lookUp.abort();
    box.dispose();
  }
}

function chosenIn(
  box: vscode.QuickPick<SymbolRow>,
  active: vscode.Uri | undefined,
  signal: AbortSignal,
): Promise<SymbolSource | undefined> {
  const liveRows = new LiveRows(box);
  return new Promise((resolve, reject) => {
    let latest = '';
    const show = async (query: string): Promise<void> => {
      latest = query;
      box.busy = true;
      const rows = query === '' ? await rowsOfFile(active) : await rowsOfWorkspace(query);
      if (signal.aborted || latest !== query) return;
      liveRows.replace(rows.slice(0, mostShown));
      box.busy = false;
    };
    box.onDidChangeValue(value => void show(value.trim()).catch(reject));
    box.onDidAccept(() => void liveRows.accepted().then(row => resolve(row?.source), reject));
    box.onDidHide(() => resolve(undefined));
    box.show();
    show('').catch(reject);
  });
}

async function rowsOfFile(active: vscode.Uri | undefined): Promise<readonly SymbolRow[]> {
  if (!active) return [];
  return (await symbolsOf(active)).map(({ name, range }) => toRow(name, active, range.start.line));
}

async function rowsOfWorkspace(query: string): Promise<readonly SymbolRow[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    query,
  );
  return (found ?? []).map(({ name, location }) => toRow(name, location.uri, location.range.start.line));
}

const toRow = (name: string, uri: vscode.Uri, line: number): SymbolRow => ({
  label: say`$(symbol-method) ${name}`,
  description: plain(`${pathOf(uri)}:${line + 1}`),
  source: { kind: 'symbol', uri: uri.toString(), name, line },
});
