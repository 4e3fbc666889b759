import * as vscode from 'vscode';

/** What `askOpenRouter.neverSend` matches: the path below its workspace folder, else the whole of it. */
export function rulePathOf(uri: vscode.Uri): string {
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  return isInWorkspace ? vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/') : uri.path;
}
