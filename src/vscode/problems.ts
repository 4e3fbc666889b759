import * as vscode from 'vscode';
import type { Problem } from '../core/chat/problems';

const severities: Readonly<Record<vscode.DiagnosticSeverity, Problem['severity']>> = {
  [vscode.DiagnosticSeverity.Error]: 'error',
  [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'info',
  [vscode.DiagnosticSeverity.Hint]: 'hint',
};

/** What VS Code reports in any of `ranges`. */
export function problemsIn(
  { uri }: vscode.TextDocument,
  ranges: readonly vscode.Range[],
): readonly Problem[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ range }) => ranges.some(each => each.intersection(range) !== undefined))
    .map(toProblem);
}

export const toProblem = (diagnostic: vscode.Diagnostic): Problem => ({
  line: diagnostic.range.start.line + 1,
  severity: severities[diagnostic.severity],
  message: diagnostic.message,
  source: diagnostic.source,
  code: codeText(diagnostic),
});

/** The diagnostic's code as it is shown; undefined when it has none. */
export function codeText({ code }: vscode.Diagnostic): string | undefined {
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}
