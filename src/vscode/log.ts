import * as vscode from 'vscode';
import type { Log } from '../app/ports';
import { redactKeys } from '../core/base/redact';

/** The extension's log channel, opened on first use. Never holds a key, a prompt or an answer. */
export class VscodeLog implements Log, vscode.Disposable {
  private opened: vscode.LogOutputChannel | undefined;

  info(message: string): void {
    this.channel.info(redactKeys(message));
  }

  warn(message: string): void {
    this.channel.warn(redactKeys(message));
  }

  /** For surprises: with the stack. */
  error(what: string, error: unknown): void {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.channel.error(redactKeys(`${what}: ${details}`));
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
