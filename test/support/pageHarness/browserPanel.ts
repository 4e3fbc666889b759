import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { Emitter } from '../../../src/core/base/event';
import type { TabHost } from './tab';
import type { ThemeName } from './themes';

/** Where the page's document is. VS Code's own address is of a scheme that a browser does not know. */
const documentOrigin = 'https://page.test';
/** VS Code serves a panel's own files from here. */
const resourceOrigin = 'https://file+.vscode-resource.vscode-cdn.net';

let panelCount = 0;

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/**
 * A webview panel of VS Code whose page is in a browser. The product's own code fills and adopts it: its
 * document, its content policy and the files it may read are those that ship.
 */
export class BrowserPanel implements vscode.WebviewPanel {
  readonly viewType = 'test';
  readonly options = {};
  readonly viewColumn = vscode.ViewColumn.Two;
  active = true;
  title = '';
  iconPath?: vscode.WebviewPanel['iconPath'];
  visible = true;
  readonly webview: BrowserWebview;
  private readonly viewStateChanged = new Emitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  private readonly disposed = new Emitter<void>();
  readonly onDidChangeViewState = this.viewStateChanged.event;
  readonly onDidDispose = this.disposed.event;

  /** `onTrouble` is told of what the page must not do. */
  constructor(theme: ThemeName, onTrouble: (trouble: string) => void) {
    this.webview = new BrowserWebview(theme, onTrouble);
  }

  reveal(): void {}

  /** As when a tab covers the panel: VS Code takes its page down. */
  async hide(): Promise<void> {
    this.visible = false;
    this.viewStateChanged.fire({ webviewPanel: this });
    await this.webview.unload();
  }

  /** As when the panel comes to the front again: its page is loaded anew. */
  async show(): Promise<void> {
    this.visible = true;
    this.viewStateChanged.fire({ webviewPanel: this });
    await this.webview.load();
  }

  dispose(): void {
    this.disposed.fire();
  }
}

class BrowserWebview implements vscode.Webview, TabHost {
  options: vscode.WebviewOptions = {};
  html = '';
  readonly cspSource = `'self' https://*.vscode-cdn.net`;
  private readonly received = new Emitter<unknown>();
  readonly onDidReceiveMessage = this.received.event;
  /** What the host has told the page, in order of arrival. */
  readonly told: unknown[] = [];
  private readonly arrived = new Emitter<void>();
  /** Fires when one more message is in {@link told}. */
  readonly onDidTell = this.arrived.event;
  /** Undefined until there is a tab for it. */
  page: Page | undefined;
  private readonly address: string;

  constructor(
    theme: ThemeName,
    readonly onTrouble: (trouble: string) => void,
  ) {
    panelCount += 1;
    this.address = `${documentOrigin}/?theme=${theme}&panel=${panelCount}`;
  }

  asWebviewUri(localResource: vscode.Uri): vscode.Uri {
    return vscode.Uri.parse(`${resourceOrigin}${encodeURI(localResource.fsPath)}`);
  }

  async postMessage(message: unknown): Promise<boolean> {
    // What travels is JSON, as between VS Code's processes.
    const sent: unknown = JSON.parse(JSON.stringify(message));
    try {
      await this.page?.evaluate(value => window.postMessage(value, '*'), sent);
    } catch {
      // The page is gone, as it may be at any time.
      return false;
    }
    this.told.push(sent);
    this.arrived.fire();
    return true;
  }

  receive(message: unknown): void {
    this.received.fire(message);
  }

  /** Resolves when the page has said that it is ready. */
  async load(): Promise<void> {
    const ready = new Promise<void>(resolve => {
      const subscription = this.onDidReceiveMessage(message => {
        if ((message as { readonly type?: unknown } | null)?.type !== 'ready') return;
        subscription.dispose();
        resolve();
      });
    });
    await this.page?.goto(this.address);
    await ready;
  }

  async unload(): Promise<void> {
    await this.page?.goto('about:blank');
  }

  async serve(address: string) {
    if (address === this.address) return { contentType: 'text/html', body: this.html };
    const file = this.ownFile(address);
    if (file === undefined) return undefined;
    return { contentType: contentTypes[extname(file)] ?? '', body: await readFile(file) };
  }

  /** The file that an address means; undefined when the panel may not read it. */
  private ownFile(address: string): string | undefined {
    if (!address.startsWith(`${resourceOrigin}/`)) return undefined;
    const file = decodeURIComponent(new URL(address).pathname);
    const roots = this.options.localResourceRoots ?? [];
    return roots.some(({ fsPath }) => file.startsWith(`${fsPath}/`)) ? file : undefined;
  }
}
