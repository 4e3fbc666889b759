import * as vscode from 'vscode';
import type { ModelCache } from '../app/ports';
import { type CachedModels, parseCachedModels } from '../core/models/cachedModels';

/** Keeps the last list of models on disk, so that the picker opens at once and without a network. */
export class FileModelCache implements ModelCache {
  private readonly file: vscode.Uri;

  constructor(private readonly folder: vscode.Uri) {
    this.file = vscode.Uri.joinPath(folder, 'models.json');
  }

  /** Undefined when there is none, or it cannot be read: it can always be fetched again. */
  async read(): Promise<CachedModels | undefined> {
    try {
      return parseCachedModels(new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file)));
    } catch {
      return undefined;
    }
  }

  async write(cached: CachedModels): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(JSON.stringify(cached)));
  }
}
