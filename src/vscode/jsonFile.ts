import * as vscode from 'vscode';
import type { JsonStore } from '../app/ports/jsonStore';

/** Keeps one value on disk, such as the last list of models, so that it is there at once and without a network. */
export class JsonFile<T> implements Pick<JsonStore<T>, 'read' | 'write'> {
  private readonly file: vscode.Uri;

  constructor(
    private readonly folder: vscode.Uri,
    name: string,
    private readonly parse: (json: string) => T | undefined,
  ) {
    this.file = vscode.Uri.joinPath(folder, name);
  }

  async read(): Promise<T | undefined> {
    try {
      return this.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(this.file)));
    } catch {
      return undefined;
    }
  }

  async write(value: T): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(this.file, new TextEncoder().encode(JSON.stringify(value)));
  }
}
