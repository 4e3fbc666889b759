import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type { Repository, Workbench } from '../app/ports';
import { Emitter, type Event } from '../core/base/event';
import type { SafeMarkdown } from '../core/base/plainText';
import { settingsSection } from '../ids';
import { findRepository } from './gitRepository';
import { ShownTexts } from './shownTexts';

/** VS Code's own window. */
export class VscodeWorkbench implements Workbench, vscode.Disposable {
  private readonly focused = new Emitter<void>();
  private readonly subscription = vscode.window.onDidChangeWindowState(state => {
    if (state.focused) this.focused.fire();
  });
  private readonly texts = new ShownTexts();
  readonly onDidFocus: Event<void> = this.focused.event;

  constructor(private readonly neverSend: Pick<NeverSend, 'forbids'>) {}

  get workspaceName(): string | undefined {
    return vscode.workspace.name;
  }

  async openSetting(key: string): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', `${settingsSection}.${key}`);
  }

  async openProxySettings(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'http.proxy');
  }

  async runCommand(id: string): Promise<void> {
    await vscode.commands.executeCommand(id);
  }

  showText(title: string, text: SafeMarkdown): Promise<void> {
    return this.texts.show(title, text);
  }

  repository(place: unknown): Promise<Repository | undefined> {
    return findRepository(place, this.neverSend);
  }

  dispose(): void {
    this.texts.dispose();
    this.subscription.dispose();
    this.focused.dispose();
  }
}
