import * as vscode from 'vscode';
import type { Log } from '../app/ports/log';
import { errorText } from '../core/base/errorText';
import type { PlainText } from '../core/base/plainText';
import type { Redactor } from '../core/base/redact';

/** The extension's log channel, opened on first use. Never holds a key, a prompt or an answer. */
export class VscodeLog implements Log, vscode.Disposable {
  private opened: vscode.LogOutputChannel | undefined;

  /** `redactor` knows the keys in use; every line passes through it. */
  constructor(private readonly redactor: Redactor) {}

  info(message: PlainText): void {
    this.channel.info(this.redactor.redact(message));
  }

  warn(message: PlainText): void {
    this.channel.warn(this.redactor.redact(message));
  }

  /** For surprises: with the stack. */
  error(what: PlainText, error: unknown): void {
    this.channel.error(this.redactor.redact(`${what}: ${errorText(error)}`));
  }

  /** `text` as it may be shown and passed on: without the keys in use. */
  redact(text: string): string {
    return this.redactor.redact(text);
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
