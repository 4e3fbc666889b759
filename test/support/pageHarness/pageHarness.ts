import type { Page } from 'playwright-core';
import * as vscode from 'vscode';
import { projectFolder } from '../workbench/tools';
import { BrowserPanel } from './browserPanel';
import { Tab, type TabOptions } from './tab';
import type { ThemeName } from './themes';

/** The extension's folder, as VS Code tells it to the extension. */
export const extensionUri = vscode.Uri.file(projectFolder);

export interface PageOptions extends TabOptions {
  readonly theme?: ThemeName;
}

/** What the harness must know of a page and its host. */
export interface PageHost<FromPage> {
  /** The host's own check: a message it would not take is a fault of the page. */
  readonly isFromPage: (message: unknown) => message is FromPage;
  /** Has the host fill the panel. */
  readonly fill: (panel: BrowserPanel) => void;
}

/** A page that the product put into a panel, as VS Code would show it. */
export class PageHarness<ToPage, FromPage> {
  private constructor(
    private readonly tab: Tab,
    readonly panel: BrowserPanel,
    /** Refusals of the content policy, errors on the page and requests that would have left it. */
    readonly troubles: readonly string[],
  ) {}

  static async open<ToPage, FromPage>(
    host: PageHost<FromPage>,
    { theme = 'dark', ...options }: PageOptions,
  ): Promise<PageHarness<ToPage, FromPage>> {
    const troubles: string[] = [];
    const panel = new BrowserPanel(theme, trouble => troubles.push(trouble));
    panel.webview.onDidReceiveMessage(message => {
      if (!host.isFromPage(message)) troubles.push(`no message of the page: ${JSON.stringify(message)}`);
    });
    const tab = await Tab.take(options, panel.webview);
    panel.webview.page = tab.page;
    host.fill(panel);
    const harness = new PageHarness<ToPage, FromPage>(tab, panel, troubles);
    await harness.load();
    return harness;
  }

  get page(): Page {
    return this.tab.page;
  }

  /** Loads the page, again too: what it kept with `setState` is still there, all else is gone. */
  async load(): Promise<void> {
    await this.panel.webview.load();
  }

  async post(...messages: readonly ToPage[]): Promise<void> {
    await this.page.evaluate(
      all => {
        for (const message of all) window.postMessage(message, '*');
      },
      messages as readonly unknown[],
    );
    await this.settle();
  }

  /** Waits until the page has handled what was posted and painted it. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise(resolve => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () =>
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)));
          channel.port2.postMessage(undefined);
        }),
    );
  }

  /** Everything the page has told its host since it was loaded. */
  async posted(): Promise<readonly FromPage[]> {
    return (await this.page.evaluate(() => window.posted)) as readonly unknown[] as readonly FromPage[];
  }

  /** The first message of one type, as soon as it is there. */
  async waitForPosted<T extends string>(type: T): Promise<Extract<FromPage, { readonly type: T }>> {
    await this.page.waitForFunction(wanted => window.posted.some(message => message.type === wanted), type);
    const found = (await this.page.evaluate(
      wanted => window.posted.findLast(message => message.type === wanted),
      type,
    )) as unknown;
    return found as Extract<FromPage, { readonly type: T }>;
  }

  /** Resolves when the host has told the page such a message, and the page has painted it. */
  async untilTold(isIt: (message: ToPage) => boolean): Promise<void> {
    const { webview } = this.panel;
    const isTold = (): boolean => (webview.told as ToPage[]).some(isIt);
    await new Promise<void>(resolve => {
      const subscription = webview.onDidTell(() => check());
      const check = (): void => {
        if (!isTold()) return;
        subscription.dispose();
        resolve();
      };
      check();
    });
    await this.settle();
  }

  async close(): Promise<void> {
    await this.tab.giveBack();
  }
}
