import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Page, Route } from 'playwright-core';
import * as vscode from 'vscode';
import { Emitter } from '../../../src/core/event';

/** Where the page's document is. VS Code's own address is of a scheme that a browser does not know. */
const documentAddress = 'https://page.test/';
/** VS Code serves a panel's own files from here. */
const resourceOrigin = 'https://file+.vscode-resource.vscode-cdn.net';

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
};

/**
 * A webview panel of VS Code whose page is in a browser. The product's own code fills and adopts it: its
 * document, its content policy and the files it may read are those that ship.
 */
export class BrowserPanel implements vscode.WebviewPanel {
  readonly viewType = 'test';
  readonly options = {};
  readonly viewColumn = vscode.ViewColumn.Two;
  readonly active = true;
  title = '';
  iconPath?: vscode.WebviewPanel['iconPath'];
  visible = true;
  readonly webview: BrowserWebview;
  private readonly viewStateChanged = new Emitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  private readonly disposed = new Emitter<void>();
  readonly onDidChangeViewState = this.viewStateChanged.event;
  readonly onDidDispose = this.disposed.event;

  private constructor(page: Page, onTrouble: (trouble: string) => void) {
    this.webview = new BrowserWebview(page, onTrouble);
  }

  /** Makes `page` the page of a new panel; `onTrouble` is told of requests that the page must not make. */
  static async open(page: Page, onTrouble: (trouble: string) => void): Promise<BrowserPanel> {
    const panel = new BrowserPanel(page, onTrouble);
    await panel.webview.connect();
    return panel;
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

class BrowserWebview implements vscode.Webview {
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

  constructor(
    private readonly page: Page,
    private readonly onTrouble: (trouble: string) => void,
  ) {}

  asWebviewUri(localResource: vscode.Uri): vscode.Uri {
    return vscode.Uri.parse(`${resourceOrigin}${encodeURI(localResource.fsPath)}`);
  }

  async postMessage(message: unknown): Promise<boolean> {
    // What travels is JSON, as between VS Code's processes.
    const sent: unknown = JSON.parse(JSON.stringify(message));
    try {
      await this.page.evaluate(value => window.postMessage(value, '*'), sent);
    } catch {
      // The page is gone, as it may be at any time.
      return false;
    }
    this.told.push(sent);
    this.arrived.fire();
    return true;
  }

  async connect(): Promise<void> {
    await this.page.exposeFunction('tellHost', (message: unknown) => this.received.fire(message));
    await this.page.route('**/*', route => this.serve(route));
  }

  async load(): Promise<void> {
    await this.page.goto(documentAddress);
  }

  async unload(): Promise<void> {
    await this.page.goto('about:blank');
  }

  private async serve(route: Route): Promise<void> {
    const address = route.request().url();
    if (address === documentAddress) {
      await route.fulfill({ contentType: 'text/html', body: this.html });
      return;
    }
    const file = this.ownFile(address);
    if (file === undefined) {
      this.onTrouble(`request for ${address}`);
      await route.abort();
      return;
    }
    await route.fulfill({
      contentType: contentTypes[extname(file)],
      headers: { 'Access-Control-Allow-Origin': '*' },
      body: await readFile(file),
    });
  }

  /** The file that an address means; undefined when the panel may not read it. */
  private ownFile(address: string): string | undefined {
    if (!address.startsWith(`${resourceOrigin}/`)) return undefined;
    const file = decodeURIComponent(new URL(address).pathname);
    const roots = this.options.localResourceRoots ?? [];
    return roots.some(({ fsPath }) => file.startsWith(`${fsPath}/`)) ? file : undefined;
  }
}
