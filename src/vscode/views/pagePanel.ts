import * as vscode from 'vscode';
import { type Batching, Outbox } from '../../app/outbox';
import type { PlainText } from '../../core/base/plainText';
import { loadPage, type PageDocument, pageOptions } from './pageHtml';

/** One of the extension's own pages: its document, and the messages that it and the host exchange. */
export interface Page<ToPage, FromPage> extends PageDocument {
  readonly viewType: string;
  /** The page is not trusted: what this refuses is dropped. */
  readonly isFromPage: (value: unknown) => value is FromPage;
  readonly batching?: Batching<ToPage>;
}

/** A page's panel as VS Code brings it back after a reload. */
export interface RestorablePanel extends vscode.Disposable {
  /** Takes over a panel that VS Code kept, with what its page had saved: that can be anything. */
  adopt(panel: vscode.WebviewPanel, saved?: unknown): void;
}

/** Hears what happens to a page and what it says. Rejections are reported as surprises. */
export interface PageListener<FromPage> {
  /** A page is there that knows nothing yet: the first time, after a reload, or after it was hidden. */
  onReady(): Promise<void>;
  /** Any other message. */
  onMessage(message: FromPage): Promise<unknown>;
  /** Resolves when there is something to show: only then the page counts as ready. */
  beforeReady?(): Promise<void>;
  /** The page is hidden or closed. Either way it is gone, and comes back as a new one. */
  onHide?(): void;
  /** The user closed the panel. */
  onClose?(): void;
}

/**
 * The window's one panel for a page. It posts to the page while the page is there and keeps nothing for it while
 * it is not: a page that comes back says `ready`, and is told everything anew.
 */
export class PagePanel<ToPage, FromPage extends { readonly type: string }> implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  /** Undefined while there is no page that could take messages. */
  private outbox: Outbox<ToPage> | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly page: Page<ToPage, FromPage>,
    private readonly listener: PageListener<FromPage>,
    private readonly onError: (error: unknown) => void,
  ) {}

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  get isVisible(): boolean {
    return this.panel?.visible === true;
  }

  /** True while the panel has the focus. */
  get isActive(): boolean {
    return this.panel?.active === true;
  }

  /** True while the page takes messages. */
  get isReady(): boolean {
    return this.outbox !== undefined;
  }

  /** The column of editors the panel is in; undefined when it is in none. */
  get viewColumn(): vscode.ViewColumn | undefined {
    return this.panel?.viewColumn;
  }

  /** What its tab is called, while it is open. */
  set title(title: PlainText) {
    if (this.panel) this.panel.title = title;
  }

  /** Opens the panel in `column`. */
  open(column: vscode.ViewColumn, preserveFocus = false): void {
    const { viewType, title } = this.page;
    const options = pageOptions(this.extensionUri);
    this.adopt(
      vscode.window.createWebviewPanel(viewType, title, { viewColumn: column, preserveFocus }, options),
    );
  }

  /** Brings the open panel to the front: in `column`, or where it is. */
  reveal(column?: vscode.ViewColumn, preserveFocus?: boolean): void {
    this.panel?.reveal(column, preserveFocus);
  }

  /** Takes over a panel that VS Code kept across a reload. A second one is closed: a window has one. */
  adopt(panel: vscode.WebviewPanel): void {
    if (this.panel) {
      panel.dispose();
      return;
    }
    this.panel = panel;
    panel.webview.onDidReceiveMessage(message => this.receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.hide();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.hide();
      this.listener.onClose?.();
    });
    loadPage(panel, this.extensionUri, this.page);
  }

  /** Does nothing while the page is not ready. */
  post(message: ToPage): void {
    this.outbox?.post(message);
  }

  /** Posts a message that is not batched; resolves when the page has it, or is not there. */
  async deliver(message: ToPage): Promise<void> {
    await this.outbox?.deliver(message);
  }

  /** Sends what waits to be sent with others. */
  flush(): void {
    this.outbox?.flush();
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private receive(message: unknown): void {
    if (!this.page.isFromPage(message)) return;
    const handling = message.type === 'ready' ? this.greet() : this.listener.onMessage(message);
    handling.catch(this.onError);
  }

  private async greet(): Promise<void> {
    await this.listener.beforeReady?.();
    const { panel } = this;
    // It may be gone or hidden by now; a page that comes back says `ready` again.
    if (!panel?.visible) return;
    this.outbox?.dispose();
    this.outbox = new Outbox<ToPage>(message => panel.webview.postMessage(message), this.page.batching);
    await this.listener.onReady();
  }

  private hide(): void {
    this.outbox?.dispose();
    this.outbox = undefined;
    this.listener.onHide?.();
  }
}
