import * as vscode from 'vscode';
import { plain, say } from '../../core/base/plainText';
import { commands } from '../../ids';
import { codeText } from '../problems';
import type { OfferedPlaces } from './offeredPlaces';

const { QuickFix, Refactor, RefactorRewrite } = vscode.CodeActionKind;

/** More problems at one place would bury everybody else's fixes. */
const mostFixes = 3;

/** Offers actions in the light bulb: fixes for what is reported at the cursor, and rewriting what is selected. */
export function registerCodeActions(places: OfferedPlaces): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, context) => [
      ...fixes(document, range, context, places),
      ...rewrites(range, context),
    ],
  };
  return vscode.languages.registerCodeActionsProvider('*', provider, {
    providedCodeActionKinds: [QuickFix, Refactor, RefactorRewrite],
  });
}

function fixes(
  { uri }: vscode.TextDocument,
  range: vscode.Range | vscode.Selection,
  { diagnostics, only }: vscode.CodeActionContext,
  places: OfferedPlaces,
): readonly vscode.CodeAction[] {
  if (only && !only.contains(QuickFix)) return [];
  return diagnostics.slice(0, mostFixes).map(diagnostic => {
    const code = codeText(diagnostic);
    const name = [diagnostic.source, code].filter(Boolean).join(' ');
    const action = new vscode.CodeAction(
      name === '' ? plain('Fix with OpenRouter') : say`Fix with OpenRouter (${name})`,
      QuickFix,
    );
    action.diagnostics = [diagnostic];
    // What is selected is meant; else the code around the problem, wherever the cursor is.
    const { start } = diagnostic.range;
    action.command =
      range.isEmpty || range.isEqual(diagnostic.range)
        ? places.offer(action.title, 'fix', uri, new vscode.Range(start, start))
        : { title: action.title, command: commands.fix };
    return action;
  });
}

/** Only for what is selected, or when asked: else there would be a light bulb in every line. */
function rewrites(
  range: vscode.Range,
  { only, triggerKind }: vscode.CodeActionContext,
): readonly vscode.CodeAction[] {
  if (range.isEmpty && triggerKind !== vscode.CodeActionTriggerKind.Invoke) return [];
  const offered = [
    ['Refactor with OpenRouter', Refactor, commands.refactor],
    ['Document with OpenRouter', RefactorRewrite, commands.document],
    ['Fix Bugs with OpenRouter', RefactorRewrite, commands.fix],
  ] as const;
  return offered
    .filter(([, kind]) => !only || only.contains(kind))
    .map(([title, kind, command]) => {
      const action = new vscode.CodeAction(title, kind);
      action.command = { title, command };
      return action;
    });
}
