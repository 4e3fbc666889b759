import * as vscode from 'vscode';
import type { NeverSend } from '../../app/context/neverSend';
import type { FoundFile } from '../../app/ports/questionSources';
import { type PlainText, say } from '../../core/base/plainText';
import { settings, settingsSection } from '../../ids';
import { fileOf, pathOf } from '../documentPlace';
import { rulePathOf } from '../rulePath';

/** More of a file is no context: it would cost more than it tells. */
const mostFileBytes = 1_000_000;
const mostImageFileBytes = 25_000_000;
/** More rows are not searched. */
const mostFound = 20_000;

export interface Refused {
  readonly problem: PlainText;
}

export const isRefused = (value: object): value is Refused => 'problem' in value;

/** The document at `uri` as it is now, changes that are not saved included, or why it is not read. */
export async function documentAt(
  uri: vscode.Uri,
  neverSend: Pick<NeverSend, 'forbids'>,
): Promise<vscode.TextDocument | Refused> {
  const refused = await refusalOf(uri, neverSend);
  if (refused) return refused;
  const open = openDocument(uri);
  if (open) return open.getText().length <= mostFileBytes ? open : tooLarge(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) return { problem: say`${pathOf(uri)} is a folder: add its files.` };
    if (size > mostFileBytes) return tooLarge(uri);
  } catch {
    return gone(uri);
  }
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return {
      problem: say`${pathOf(uri)} is no text file, so it cannot be added. Images can be added as such.`,
    };
  }
}

/** The bytes of an image file, or why they are not read. `isPicked`: the user named it in a dialog, wherever it lies. */
export async function bytesAt(
  uri: vscode.Uri,
  neverSend: Pick<NeverSend, 'forbids'>,
  isPicked: boolean,
): Promise<Uint8Array | Refused> {
  const refused = await refusalOf(uri, neverSend, isPicked);
  if (refused) return refused;
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostImageFileBytes)
      return { problem: say`${pathOf(uri)} is larger than 25 MB: make the image smaller first.` };
    return await vscode.workspace.fs.readFile(uri);
  } catch {
    return gone(uri);
  }
}

/** Why a pattern of the user's or the workspace's forbids to send the file; undefined: none does. */
export async function forbiddenBy(
  uri: vscode.Uri,
  neverSend: Pick<NeverSend, 'forbids'>,
): Promise<PlainText | undefined> {
  if (!(await neverSend.forbids(rulePathOf(uri)))) return undefined;
  return say`A pattern in the setting ${`${settingsSection}.${settings.neverSend}`} forbids to send ${pathOf(uri)}.`;
}

/** Before anything is read. */
async function refusalOf(
  uri: vscode.Uri,
  neverSend: Pick<NeverSend, 'forbids'>,
  isPicked = false,
): Promise<Refused | undefined> {
  if (!isPicked && !isKnown(uri))
    return { problem: say`${pathOf(uri)} is neither in the workspace nor open: open it first.` };
  const problem = await forbiddenBy(uri, neverSend);
  return problem === undefined ? undefined : { problem: say`Nothing was read. ${problem}` };
}

/** Anybody can name an address: only what the user works with is read. */
function isKnown(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || openDocument(uri) !== undefined;
}

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
}

const tooLarge = (uri: vscode.Uri): Refused => ({
  problem: say`${pathOf(uri)} is larger than 1 MB: copy the part that matters and add it from the clipboard, or add a symbol of it.`,
});

const gone = (uri: vscode.Uri): Refused => ({
  problem: say`${pathOf(uri)} is not there any more, or cannot be read.`,
});

/** Files of the workspace. */
export async function workspaceFiles(): Promise<readonly FoundFile[]> {
  const uris = await vscode.workspace.findFiles('**/*', undefined, mostFound);
  return uris.map(toFound).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Files in the tabs of all groups, each once. */
export function openFiles(): readonly FoundFile[] {
  const uris = vscode.window.tabGroups.all.flatMap(({ tabs }) =>
    tabs.flatMap(({ input }) => addressOf(input)),
  );
  const files = uris.map(toFound);
  return files.filter(({ uri }, index) => files.findIndex(file => file.uri === uri) === index);
}

function addressOf(input: unknown): readonly vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return isOurs(input.uri) ? [] : [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.modified].filter(uri => !isOurs(uri)) : [];
}

/** Documents that this extension shows itself. */
const isOurs = ({ scheme }: vscode.Uri): boolean => scheme.startsWith('askopenrouter');

export const toFound = (uri: vscode.Uri): FoundFile => ({ path: pathOf(uri), uri: uri.toString() });

export const foundIn = (document: vscode.TextDocument): FoundFile => toFound(fileOf(document));
