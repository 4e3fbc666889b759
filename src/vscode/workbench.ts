import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type { Repository, Workbench } from '../app/ports';
import { Emitter, type Event } from '../core/base/event';
import { settingsSection } from '../ids';
import { findRepository } from './gitRepository';

/** VS Code's own window. */
export class VscodeWorkbench implements Workbench, vscode.Disposable {
  private readonly focused = new Emitter<void>();
  private readonly subscription = vscode.window.onDidChangeWindowState(state => {
    if (state.focused) this.focused.fire();
  });
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

  repository(place: unknown): Promise<Repository | undefined> {
    return findRepository(place, this.neverSend);
  }

  dispose(): void {
    this.subscription.dispose();
    this.focused.dispose();
  }
}
