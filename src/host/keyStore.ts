import type * as vscode from 'vscode';

const secretName = (origin: string): string => `askOpenRouter.apiKey:${origin}`;

/** The API keys in VS Code's secret storage, one per origin: a key never goes to another origin. */
export class KeyStore {
  /** Fires when a key was set or removed, in this window or another. */
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent>;

  constructor(private readonly secrets: vscode.SecretStorage) {
    this.onDidChange = secrets.onDidChange;
  }

  async get(origin: string): Promise<string | undefined> {
    return this.secrets.get(secretName(origin));
  }

  async set(origin: string, key: string): Promise<void> {
    await this.secrets.store(secretName(origin), key);
  }

  async remove(origin: string): Promise<void> {
    await this.secrets.delete(secretName(origin));
  }
}
