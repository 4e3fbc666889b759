import type { BrowserContextOptions, Page } from 'playwright-core';
import * as vscode from 'vscode';
import { projectFolder } from '../workbench/tools';
import { pageBrowser } from './browser';
import { BrowserPanel } from './browserPanel';
import { type ThemeName, themes } from './themes';

/** The extension's folder, as VS Code tells it to the extension. */
export const extensionUri = vscode.Uri.file(projectFolder);

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly context?: BrowserContextOptions;
  /** What the page finds as `navigator.language`; Playwright's own `locale` takes no invalid one. */
  readonly language?: string;
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
    readonly page: Page,
    readonly panel: BrowserPanel,
    /** Refusals of the content policy, errors on the page and requests that would have left it. */
    readonly troubles: readonly string[],
  ) {}

  static async open<ToPage, FromPage>(
    host: PageHost<FromPage>,
    { theme = 'dark', context: contextOptions = {}, language }: PageOptions,
  ): Promise<PageHarness<ToPage, FromPage>> {
    const browser = await pageBrowser();
    const context = await browser.newContext({ viewport: { width: 720, height: 640 }, ...contextOptions });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('pageerror', error => troubles.push(String(error)));
    await page.addInitScript(pretendToBeVsCode, themes[theme]);
    if (language !== undefined) {
      await page.addInitScript(value => {
        Object.defineProperty(Navigator.prototype, 'language', { get: () => value, configurable: true });
      }, language);
    }
    const panel = await BrowserPanel.open(page, trouble => troubles.push(trouble));
    panel.webview.onDidReceiveMessage(message => {
      if (!host.isFromPage(message)) troubles.push(`no message of the page: ${JSON.stringify(message)}`);
    });
    host.fill(panel);
    const harness = new PageHarness<ToPage, FromPage>(page, panel, troubles);
    await harness.load();
    return harness;
  }

  /** Loads the page, again too: what it kept with `setState` is still there, all else is gone. */
  async load(): Promise<void> {
    await this.panel.webview.load();
    await this.page.waitForFunction(() => window.posted.some(message => message.type === 'ready'));
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
    await this.page.context().close();
  }
}

declare global {
  interface Window {
    /** What the page told its host since it was loaded. */
    posted: { readonly type: string }[];
    /** Carries a message to the host. */
    tellHost: (message: unknown) => Promise<void>;
  }
}

/** Runs in the page before its own script. */
function pretendToBeVsCode(theme: {
  readonly classes: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}): void {
  const posted: { readonly type: string }[] = [];
  window.posted = posted;
  const api = {
    postMessage: (message: { readonly type: string }): void => {
      posted.push(structuredClone(message));
      void window.tellHost(message);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
    setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
  };
  Object.assign(window, { acquireVsCodeApi: () => api });
  const dress = (): void => {
    for (const [name, value] of Object.entries(theme.variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
    document.body?.classList.add(...theme.classes);
  };
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
}
