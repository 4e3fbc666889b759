import * as vscode from 'vscode';
import type { ActionId } from '../../core/prompts/actions';
import { settings, settingsSection } from '../../ids';
import type { OfferedPlaces } from './offeredPlaces';

const lenses: readonly (readonly [title: string, action: ActionId])[] = [
  ['Explain', 'explain'],
  ['Fix', 'fix'],
  ['Refactor', 'refactor'],
  ['Document', 'document'],
  ['Tests', 'tests'],
];

const {
  Class,
  Constructor,
  Enum,
  Function: FunctionKind,
  Interface,
  Method,
  Module,
  Namespace,
  Struct,
} = vscode.SymbolKind;
const shownKinds: ReadonlySet<vscode.SymbolKind> = new Set([
  Class,
  Constructor,
  Enum,
  FunctionKind,
  Interface,
  Method,
  Struct,
]);
const holders: ReadonlySet<vscode.SymbolKind> = new Set([Class, Interface, Module, Namespace, Struct]);

/** Shows actions above functions and classes while the user's setting says so. */
export function registerCodeLenses(places: OfferedPlaces): vscode.Disposable {
  let shown: vscode.Disposable | undefined;
  const follow = (): void => {
    const isWanted = vscode.workspace.getConfiguration(settingsSection).get(settings.codeLens) === true;
    if (isWanted === (shown !== undefined)) return;
    shown?.dispose();
    shown = isWanted ? vscode.languages.registerCodeLensProvider('*', createProvider(places)) : undefined;
  };
  follow();
  const following = vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(`${settingsSection}.${settings.codeLens}`)) follow();
  });
  return new vscode.Disposable(() => {
    following.dispose();
    shown?.dispose();
  });
}

const createProvider = (places: OfferedPlaces): vscode.CodeLensProvider => ({
  provideCodeLenses: async ({ uri }) => {
    const found = await vscode.commands.executeCommand<
      readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
    >('vscode.executeDocumentSymbolProvider', uri);
    return rangesOf(found ?? []).flatMap(range =>
      lenses.map(([title, action]) => new vscode.CodeLens(range, places.offer(title, action, uri, range))),
    );
  },
});

/** What is declared within a function is part of it. */
function rangesOf(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): vscode.Range[] {
  return symbols.flatMap(symbol => {
    const own = shownKinds.has(symbol.kind)
      ? ['children' in symbol ? symbol.range : symbol.location.range]
      : [];
    return 'children' in symbol && holders.has(symbol.kind) ? [...own, ...rangesOf(symbol.children)] : own;
  });
}
