import * as vscode from 'vscode';
import type { FoundPromptFile, PromptPlace } from '../app/ports/questionSources';
import type { VscodeSettings } from './settings';

const ending = '.prompt.md';
/** Longer ones are not read. */
const mostBytes = 400_000;
/** A folder with more is no folder of prompts. */
const mostFiles = 500;

type Source = FoundPromptFile['source'];

/** The folders that prompt files are in; they are read anew each time. */
export class PromptFolders {
  /** @param home the user's own folder on this machine. */
  constructor(
    private readonly settings: Pick<VscodeSettings, 'current'>,
    private readonly home: string,
  ) {}

  async find(): Promise<readonly FoundPromptFile[]> {
    const folders = this.folders().map(({ uri, label }) => readFolder(uri, 'promptFolder', label));
    const workspace = trustedFolders().map(folder => readWorkspaceFolder(folder));
    return (await Promise.all([...folders, ...workspace])).flat();
  }

  places(): readonly PromptPlace[] {
    const ofWorkspace = trustedFolders().map(({ uri, name }) => ({
      label: `${name}/.github/prompts`,
      address: promptsOf(uri).toString(),
    }));
    return [...ofWorkspace, ...this.folders().map(({ uri, label }) => ({ label, address: uri.toString() }))];
  }

  /** A folder that is neither absolute nor below the user's own means nothing. */
  private folders(): readonly { readonly uri: vscode.Uri; readonly label: string }[] {
    return this.settings.current.promptFolders
      .map(label => ({ label, path: label.trim().replace(/^~(?=$|[\\/])/, () => this.home) }))
      .filter(({ path }) => /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path))
      .map(({ label, path }) => ({ label, uri: vscode.Uri.file(path) }));
  }
}

export async function openPromptFile({ address }: FoundPromptFile, line: number): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(address), { selection: new vscode.Range(at, at) });
}

export async function createPromptFile(
  { address }: PromptPlace,
  name: string,
  text: string,
): Promise<boolean> {
  const folder = vscode.Uri.parse(address);
  const file = vscode.Uri.joinPath(folder, name + ending);
  if (await statIfThere(file)) return false;
  await vscode.workspace.fs.createDirectory(folder);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(file);
  return true;
}

/** In Restricted Mode no prompt of a workspace counts. */
const trustedFolders = (): readonly vscode.WorkspaceFolder[] =>
  vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];

const promptsOf = (folder: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(folder, '.github', 'prompts');

/** Neither the folders on the way nor the files may be links: those lead to files that nobody meant to send. */
async function readWorkspaceFolder({
  uri,
  name,
}: vscode.WorkspaceFolder): Promise<readonly FoundPromptFile[]> {
  const isSeveral = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const place = isSeveral ? `${name}/.github/prompts` : '.github/prompts';
  for (const folder of [vscode.Uri.joinPath(uri, '.github'), promptsOf(uri)]) {
    const found = await statIfThere(folder);
    if (!found || isLink(found.type)) return [];
  }
  return readFolder(promptsOf(uri), 'workspace', place);
}

async function readFolder(
  folder: vscode.Uri,
  source: Source,
  place: string,
): Promise<readonly FoundPromptFile[]> {
  if (!(await statIfThere(folder))) return [];
  const names = (await vscode.workspace.fs.readDirectory(folder))
    .map(([name]) => name)
    .filter(name => name.endsWith(ending) && name !== ending);
  return Promise.all(names.slice(0, mostFiles).map(name => readPrompt(folder, name, source, place)));
}

async function readPrompt(
  folder: vscode.Uri,
  fileName: string,
  source: Source,
  place: string,
): Promise<FoundPromptFile> {
  const uri = vscode.Uri.joinPath(folder, fileName);
  const file = { name: fileName.slice(0, -ending.length), source, place, address: uri.toString() };
  const found = await statIfThere(uri);
  if (!found || (found.type & vscode.FileType.File) === 0) return { ...file, problem: 'It is no file.' };
  if (source === 'workspace' && isLink(found.type))
    return { ...file, problem: 'It is a link: those of a workspace are not followed.' };
  if (found.size > mostBytes) return { ...file, problem: 'It is too long for a prompt.' };
  return { ...file, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
}

const isLink = (type: vscode.FileType): boolean => (type & vscode.FileType.SymbolicLink) !== 0;

async function statIfThere(uri: vscode.Uri): Promise<vscode.FileStat | undefined> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}
