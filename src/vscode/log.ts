import * as vscode from 'vscode';
import type { Log } from '../app/ports';
import type { Redactor } from '../core/base/redact';

/** The extension's log channel, opened on first use. Never holds a key, a prompt or an answer. */
export class VscodeLog implements Log, vscode.Disposable {
  private opened: vscode.LogOutputChannel | undefined;

  /** `redactor` knows the keys in use; every line passes through it. */
  constructor(private readonly redactor: Redactor) {}

  info(message: string): void {
    this.channel.info(this.redactor.redact(message));
  }

  warn(message: string): void {
    this.channel.warn(this.redactor.redact(message));
  }

  /** For surprises: with the stack. */
  error(what: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.channel.error(this.redactor.redact(`${what}: ${details}`));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.opened?.dispose();
  }

  private get channel(): vscode.LogOutputChannel {
    this.opened ??= vscode.window.createOutputChannel('Ask OpenRouter', { log: true });
    return this.opened;
  }
}
