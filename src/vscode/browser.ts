import * as vscode from 'vscode';
import type { Browser, Returned } from '../app/ports';
import { Emitter, type Event } from '../core/base/event';
import { extensionId } from '../ids';

/** The user's web browser, which comes back through VS Code's own handler of addresses. */
export class VscodeBrowser implements Browser, vscode.Disposable {
  private readonly returned = new Emitter<Returned>();
  readonly onDidReturn: Event<Returned> = this.returned.event;
  private readonly registration = vscode.window.registerUriHandler({
    handleUri: ({ path, query }) => this.returned.fire({ path, query }),
  });

  async open(address: string): Promise<boolean> {
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
    this.registration.dispose();
    this.returned.dispose();
  }
}
