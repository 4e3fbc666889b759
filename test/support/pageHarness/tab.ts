import type { BrowserContextOptions, Page } from 'playwright-core';
import { pageBrowser } from './browser';
import { themes } from './themes';

export interface TabOptions {
  readonly context?: BrowserContextOptions;
  /** What the page finds as `navigator.language`; Playwright's own `locale` takes no invalid one. */
  readonly language?: string;
}

/** What answers and watches the page of a tab. */
export interface TabHost {
  /** The document, or a file of the page; undefined for all else. */
  readonly serve: (
    address: string,
  ) => Promise<{ readonly contentType: string; readonly body: string | Buffer } | undefined>;
  readonly receive: (message: unknown) => void;
  readonly onTrouble: (trouble: string) => void;
}

declare global {
  interface Window {
    /** What the page told its host since it was loaded. */
    posted: { readonly type: string }[];
    /** Carries a message to the host. */
    tellHost: (message: unknown) => Promise<void>;
  }
}

const free = new Map<string, Tab[]>();

/**
 * A browser tab that VS Code's part of a webview is played in. A new one costs more than most tests: one that is
 * given back shows the next page, with all that the last one kept taken away.
 */
export class Tab {
  private host: TabHost | undefined;

  private constructor(
    readonly page: Page,
    private readonly key: string,
  ) {}

  static async take(options: TabOptions, host: TabHost): Promise<Tab> {
    const key = JSON.stringify(options);
    const tab = free.get(key)?.pop() ?? (await Tab.open(key, options));
    tab.host = host;
    return tab;
  }

  async giveBack(): Promise<void> {
    const { page, key } = this;
    await page.emulateMedia({ forcedColors: null });
    await page.mouse.move(0, -1);
    await page.goto('about:blank');
    this.host = undefined;
    free.set(key, [...(free.get(key) ?? []), this]);
  }

  private static async open(key: string, { context = {}, language }: TabOptions): Promise<Tab> {
    const browser = await pageBrowser();
    const opened = await browser.newContext({ viewport: { width: 720, height: 640 }, ...context });
    const tab = new Tab(await opened.newPage(), key);
    const { page } = tab;
    page.on('console', message => {
      if (message.type() === 'error') tab.host?.onTrouble(message.text());
    });
    page.on('pageerror', error => tab.host?.onTrouble(String(error)));
    await page.exposeFunction('tellHost', (message: unknown) => tab.host?.receive(message));
    await page.route('**/*', async route => {
      const address = route.request().url();
      const file = await tab.host?.serve(address);
      // VS Code serves a panel's files to its document of another origin.
      if (file) await route.fulfill({ ...file, headers: { 'Access-Control-Allow-Origin': '*' } });
      else {
        tab.host?.onTrouble(`request for ${address}`);
        await route.abort();
      }
    });
    await page.addInitScript(pretendToBeVsCode, themes);
    if (language !== undefined) {
      await page.addInitScript(value => {
        Object.defineProperty(Navigator.prototype, 'language', { get: () => value, configurable: true });
      }, language);
    }
    return tab;
  }
}

/** Runs in the page before its own script; the address names the theme and the panel. */
function pretendToBeVsCode(
  all: Readonly<
    Record<
      string,
      { readonly classes: readonly string[]; readonly variables: Readonly<Record<string, string>> }
    >
  >,
): void {
  const address = new URLSearchParams(location.search);
  const theme = all[address.get('theme') ?? ''];
  if (!theme) return;
  const panel = address.get('panel') ?? '';
  // What a page keeps survives its reload, but is not for the next page in this tab.
  if (sessionStorage.getItem('panel') !== panel) {
    sessionStorage.clear();
    sessionStorage.setItem('panel', panel);
  }
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
