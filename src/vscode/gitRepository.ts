import * as vscode from 'vscode';

/** What is used of the API of VS Code's own Git extension, version 1. */
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
  readonly repositories: readonly GitRepository[];
}

export interface GitRepository {
  readonly rootUri: vscode.Uri;
  /** What `git diff` prints; `cached`: of what is staged. */
  diff(cached?: boolean): Promise<string>;
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

/** The repository of `uri`, else the only one there is; undefined without one, or without Git. */
export async function findRepository(uri: vscode.Uri | undefined): Promise<GitRepository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = extension && (await extension.activate());
  if (!git?.enabled) return undefined;
  const api = git.getAPI(1);
  const [only, ...others] = api.repositories;
  return (uri && api.getRepository(uri)) ?? (others.length === 0 ? only : undefined);
}
