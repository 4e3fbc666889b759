import * as vscode from 'vscode';
import type { NeverSend } from '../../app/context/neverSend';
import { showOnOneLine } from '../../core/base/hiddenCharacters';
import { problemsText } from '../../core/chat/problems';
import { pathOf } from '../documentPlace';
import { toProblem } from '../problems';
import { rulePathOf } from '../rulePath';

/** More files cost more than they tell. */
const mostFiles = 50;

/** What VS Code reports in one file, or in all below their paths, without files that are never sent; '' when nothing is. */
export async function workspaceProblems(
  uri: vscode.Uri | undefined,
  neverSend: Pick<NeverSend, 'forbids'>,
): Promise<string> {
  const all = uri
    ? [[uri, vscode.languages.getDiagnostics(uri)] as const]
    : vscode.languages.getDiagnostics().filter(([file]) => vscode.workspace.getWorkspaceFolder(file));
  const texts: string[] = [];
  let left = 0;
  for (const [file, found] of all) {
    if (found.length === 0 || (await neverSend.forbids(rulePathOf(file)))) continue;
    const text = problemsText(found.map(toProblem));
    if (texts.length >= mostFiles) left += 1;
    else texts.push(uri ? text : `${showOnOneLine(pathOf(file))}\n${text}`);
  }
  return [...texts, ...(left > 0 ? [`and ${left} more files`] : [])].join('\n\n');
}
