import type * as vscode from 'vscode';
import type { KeyFact, Keys } from '../app/ports/keys';
import type { Redactor } from '../core/base/redact';
import { mementos } from '../ids';

/** What is used of Node's `process`; a browser's extension host has none. */
interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const secretName = (origin: string): string => `askOpenRouter.apiKey:${origin}`;

/**
 * The API keys in VS Code's secret storage, one per origin: a key never goes to another origin. A key that
 * was read is kept in memory until the storage says that it changed, because each look takes a round trip.
 * The origins of each fact are in VS Code's state of all windows.
 */
export class KeyStore implements Keys, vscode.Disposable {
  /** Fires when a key was set or removed, in this window or another. */
  readonly onDidChange: vscode.Event<vscode.SecretStorageChangeEvent>;
  private readonly read = new Map<string, Thenable<string | undefined>>();
  private readonly subscription: vscode.Disposable;

  /** `redactor` is told every key that is read or stored. */
  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly memento: vscode.Memento,
    private readonly redactor: Redactor,
  ) {
    this.subscription = secrets.onDidChange(({ key }) => this.read.delete(key));
    this.onDidChange = secrets.onDidChange;
  }

  async get(origin: string): Promise<string | undefined> {
    const name = secretName(origin);
    const reading = this.read.get(name) ?? this.secrets.get(name);
    this.read.set(name, reading);
    try {
      const key = await reading;
      this.redactor.add(key);
      return key;
    } catch (error) {
      this.read.delete(name);
      throw error;
    }
  }

  async set(origin: string, key: string): Promise<boolean> {
    const name = secretName(origin);
    this.redactor.add(key);
    await this.secrets.store(name, key);
    // A keyring that is locked or missing takes keys without a word, and does not give them back.
    const isKept = (await this.secrets.get(name)) === key;
    if (isKept) this.read.delete(name);
    else this.read.set(name, Promise.resolve(key));
    return isKept;
  }

  async remove(origin: string): Promise<void> {
    await this.secrets.delete(secretName(origin));
    this.read.delete(secretName(origin));
  }

  hasFact(fact: KeyFact, origin: string): boolean {
    return this.origins(fact).includes(origin);
  }

  async addFact(fact: KeyFact, origin: string): Promise<void> {
    if (!this.hasFact(fact, origin)) await this.updateFact(fact, [...this.origins(fact), origin]);
  }

  async removeFact(fact: KeyFact, origin: string): Promise<void> {
    if (!this.hasFact(fact, origin)) return;
    await this.updateFact(
      fact,
      this.origins(fact).filter(each => each !== origin),
    );
  }

  environmentKey(): string | undefined {
    const process: Process | undefined = Reflect.get(globalThis, 'process');
    return process?.env?.OPENROUTER_API_KEY?.trim() || undefined;
  }

  dispose(): void {
    this.subscription.dispose();
    this.read.clear();
  }

  private origins(fact: KeyFact): readonly string[] {
    const kept: unknown = this.memento.get(mementos[fact]);
    return Array.isArray(kept) ? kept.filter(each => typeof each === 'string') : [];
  }

  private async updateFact(fact: KeyFact, origins: readonly string[]): Promise<void> {
    await this.memento.update(mementos[fact], origins);
  }
}
