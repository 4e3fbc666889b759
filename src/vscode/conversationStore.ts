import * as vscode from 'vscode';
import {
  type KeptConversation,
  parseKeptConversation,
  toKeptJson,
} from '../app/conversations/keptConversation';
import type { JsonStore } from '../app/ports/jsonStore';
import { closeOpenTurns } from '../core/chat/openTurns';

/** Keeps the conversation of a workspace in VS Code's storage folder for it; touches no file before it is asked. */
export class FileConversationStore implements JsonStore<KeptConversation> {
  private readonly file: vscode.Uri;
  private writing: Promise<void> = Promise.resolve();

  /** @param folder `ExtensionContext.storageUri`, or the global one in a window without a workspace. */
  constructor(private readonly folder: vscode.Uri) {
    this.file = vscode.Uri.joinPath(folder, 'conversation.json');
  }

  /** Undefined when there is none. Answers that were cut off by the end of the window are `interrupted`. */
  async read(): Promise<KeptConversation | undefined> {
    const bytes = await readIfThere(this.file);
    const kept = bytes && parseKeptConversation(new TextDecoder().decode(bytes));
    return kept && { ...kept, conversation: closeOpenTurns(kept.conversation) };
  }

  /** Writes whole files one after the other, each by renaming, so that a crash never leaves half of one. */
  write(kept: KeptConversation): Promise<void> {
    return this.inTurn(() => this.writeFile(kept));
  }

  remove(): Promise<void> {
    return this.inTurn(async () => {
      if (await readIfThere(this.file)) await vscode.workspace.fs.delete(this.file);
    });
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.writing.then(work);
    this.writing = next.catch(() => undefined);
    return next;
  }

  private async writeFile(kept: KeptConversation): Promise<void> {
    const draft = vscode.Uri.joinPath(this.folder, 'conversation.json.new');
    await vscode.workspace.fs.createDirectory(this.folder);
    await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(toKeptJson(kept)));
    await vscode.workspace.fs.rename(draft, this.file, { overwrite: true });
  }
}

async function readIfThere(file: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
