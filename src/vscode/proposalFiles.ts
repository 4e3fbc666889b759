import * as vscode from 'vscode';

interface File {
  bytes: Uint8Array;
  mtime: number;
}

/** Documents that are proposed, in memory only: as files they can be edited, as every second side of a diff. */
export class ProposalFiles implements vscode.FileSystemProvider {
  private readonly files = new Map<string, File>();
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;

  add(uri: vscode.Uri, text: string): void {
    this.files.set(uri.toString(), { bytes: new TextEncoder().encode(text), mtime: Date.now() });
  }

  remove(uri: vscode.Uri): void {
    this.files.delete(uri.toString());
  }

  has(uri: vscode.Uri): boolean {
    return this.files.has(uri.toString());
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { bytes, mtime } = this.find(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.length };
  }

  readFile(uri: vscode.Uri): Uint8Array {
    return this.find(uri).bytes;
  }

  /** Saving a proposal keeps it as it is; only accepting it changes a document. */
  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    Object.assign(this.find(uri), { bytes, mtime: Date.now() });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  private find(uri: vscode.Uri): File {
    const file = this.files.get(uri.toString());
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }
}
