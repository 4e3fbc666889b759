import * as vscode from 'vscode';
import type { ExportTarget } from '../app/ports/dialogs';
import type { ExportFile } from '../core/usage/exportFile';
import { openDiskExportFile } from '../storage/diskExportFile';
import { homeFolder } from '../storage/homeFolder';

/** `name` in the workspace's first folder, else in the user's own. */
export function suggestedUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homeFolder());
  return vscode.Uri.joinPath(folder, name);
}

/** A place that the user chose, on this machine or wherever VS Code can write. */
export function toExportTarget(uri: vscode.Uri): ExportTarget {
  const isLocal = uri.scheme === 'file';
  return {
    name: uri.path.split('/').at(-1) ?? uri.path,
    path: isLocal ? uri.fsPath : undefined,
    open: () => (isLocal ? openDiskExportFile(uri.fsPath) : openWorkspaceExportFile(uri)),
  };
}

/**
 * A file anywhere VS Code can write: on a remote machine, in a virtual folder. VS Code's file system
 * cannot append, so the whole file is held in memory until it is complete.
 */
async function openWorkspaceExportFile(target: vscode.Uri): Promise<ExportFile> {
  const parts: Uint8Array[] = [];
  const encoder = new TextEncoder();
  const draft = target.with({ path: `${target.path}.partial` });
  let hasDraft = false;
  return {
    write: async data => void parts.push(typeof data === 'string' ? encoder.encode(data) : data),
    commit: async () => {
      hasDraft = true;
      await vscode.workspace.fs.writeFile(draft, joined(parts));
      await vscode.workspace.fs.rename(draft, target, { overwrite: true });
    },
    discard: async () => {
      parts.splice(0);
      if (hasDraft) await Promise.allSettled([vscode.workspace.fs.delete(draft)]);
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
