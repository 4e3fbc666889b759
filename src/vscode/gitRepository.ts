import * as vscode from 'vscode';
import type { Repository } from '../app/ports';

/** As much of VS Code's own Git extension as is used here; see its `git.d.ts`. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly inputBox: { value: string };
  /** `true`: what is staged. */
  diff(cached: boolean): Promise<string>;
}

/** See {@link Workbench.repository}; undefined also where Git is switched off. */
export async function findRepository(place: unknown): Promise<Repository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (!git?.enabled) return undefined;
  const api = git.getAPI(1);
  const repository = pick(api, rootOf(place) ?? vscode.window.activeTextEditor?.document.uri);
  return repository && toRepository(repository);
}

function pick(api: GitApi, uri: vscode.Uri | undefined): GitRepository | undefined {
  const named = uri && api.getRepository(uri);
  if (named) return named;
  return api.repositories.length === 1 ? api.repositories[0] : undefined;
}

/** Source Control gives its own object to the commands of its title. */
function rootOf(place: unknown): vscode.Uri | undefined {
  if (typeof place !== 'object' || place === null || !('rootUri' in place)) return undefined;
  return place.rootUri instanceof vscode.Uri ? place.rootUri : undefined;
}

function toRepository(repository: GitRepository): Repository {
  return {
    stagedDiff: () => repository.diff(true),
    get message() {
      return repository.inputBox.value;
    },
    set message(text) {
      repository.inputBox.value = text;
    },
  };
}
