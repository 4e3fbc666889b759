import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type { Repository, Returned, Workbench } from '../app/ports/workbench';
import { Emitter, type Event } from '../core/base/event';
import { extensionId, settingsSection } from '../ids';
import { findRepository } from './gitRepository';

/** VS Code's own window. The browser comes back to it through VS Code's handler of addresses. */
export class VscodeWorkbench implements Workbench, vscode.Disposable {
  private readonly focused = new Emitter<void>();
  private readonly returned = new Emitter<Returned>();
  private readonly subscription = vscode.Disposable.from(
    vscode.window.onDidChangeWindowState(state => {
      if (state.focused) this.focused.fire();
    }),
    vscode.window.registerUriHandler({
      handleUri: ({ path, query }) => this.returned.fire({ path, query }),
    }),
  );
  readonly onDidFocus: Event<void> = this.focused.event;
  readonly onDidReturn: Event<Returned> = this.returned.event;

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

  async openInBrowser(address: string): Promise<boolean> {
    // A string, against the declared type: an `Uri` loses the encoding of an address within the query. VS Code takes
    // strings for this reason: https://github.com/microsoft/vscode/issues/85930
    return vscode.env.openExternal(address as unknown as vscode.Uri);
  }

  async returnAddress(path: string): Promise<string | undefined> {
    const { uriScheme } = vscode.env;
    const uri = vscode.Uri.from({ scheme: uriScheme, authority: extensionId, path });
    const external = await vscode.env.asExternalUri(uri);
    // Encoded once, by whoever puts it into another address.
    return external.toString(true);
  }

  dispose(): void {
    this.subscription.dispose();
    this.focused.dispose();
    this.returned.dispose();
  }
}
