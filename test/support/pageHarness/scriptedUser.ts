import type { QuickPickItem, Uri } from 'vscode';
import { Dialogs } from '../../../src/host/dialogs';

/** A user who answers every question outside the page as told, and else dismisses it. */
export class ScriptedUser extends Dialogs {
  /** Labels to pick and buttons to press: used up in order. */
  readonly answers: string[] = [];
  /** What was told or asked, in order. */
  readonly shown: string[] = [];
  readonly copied: string[] = [];
  readonly opened: string[] = [];

  override async input(): Promise<string | undefined> {
    return this.answers.shift();
  }

  override async pick<T extends QuickPickItem>(items: readonly T[]): Promise<T | undefined> {
    this.shown.push(items.map(({ label }) => label).join(', '));
    const label = this.answers.shift();
    return items.find(item => item.label === label);
  }

  override async confirm(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  override async inform(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  override async warn(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  override async error(message: string): Promise<string | undefined> {
    return this.see(message);
  }

  override async saveFile(): Promise<Uri | undefined> {
    return undefined;
  }

  override async copy(text: string): Promise<void> {
    this.copied.push(text);
  }

  override async openLink(href: string): Promise<void> {
    this.opened.push(href);
  }

  private see(message: string): string | undefined {
    this.shown.push(message);
    return this.answers.shift();
  }
}
