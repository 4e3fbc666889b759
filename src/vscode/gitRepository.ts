import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type { Repository } from '../app/ports/workbench';
import { diffSections } from '../core/prompts/gitDiff';
import { rulePathOf } from './rulePath';

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
export async function findRepository(
  place: unknown,
  neverSend: Pick<NeverSend, 'forbids'>,
): Promise<Repository | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (!git?.enabled) return undefined;
  const api = git.getAPI(1);
  const named = place instanceof vscode.Uri ? place : rootOf(place);
  const repository = pick(api, named ?? vscode.window.activeTextEditor?.document.uri);
  return repository && toRepository(repository, neverSend);
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

function toRepository(repository: GitRepository, neverSend: Pick<NeverSend, 'forbids'>): Repository {
  const diff = async (isStaged: boolean): Promise<string> =>
    withoutForbidden(await repository.diff(isStaged), repository.rootUri, neverSend);
  return {
    stagedDiff: () => diff(true),
    unstagedDiff: () => diff(false),
    diff: async () => (await diff(true)) + (await diff(false)),
    get message() {
      return repository.inputBox.value;
    },
    set message(text) {
      repository.inputBox.value = text;
    },
  };
}

/** The diff without files that are never sent. */
async function withoutForbidden(
  diff: string,
  root: vscode.Uri,
  neverSend: Pick<NeverSend, 'forbids'>,
): Promise<string> {
  const isAllowed = await Promise.all(
    diffSections(diff).map(async ({ paths }) => {
      const each = paths.map(path => neverSend.forbids(rulePathOf(vscode.Uri.joinPath(root, path))));
      return !(await Promise.all(each)).includes(true);
    }),
  );
  return diffSections(diff)
    .filter((_, index) => isAllowed[index])
    .map(({ text }) => text)
    .join('');
}
