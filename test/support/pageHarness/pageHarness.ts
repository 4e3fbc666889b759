import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { bundlePage } from './pageBundle';
import { type ThemeName, themes } from './themes';

const origin = 'http://page.test';
const policy = `default-src 'none'; script-src 'nonce-page'; style-src ${origin}; font-src ${origin}`;

export interface PageOptions {
  /** Folder below `src/webview`. */
  readonly name: string;
  /** The element that the host puts into the body. */
  readonly element: string;
  readonly theme?: ThemeName;
  readonly context?: BrowserContextOptions;
  /** What the page finds as `navigator.language`; Playwright's own `locale` takes no invalid one. */
  readonly language?: string;
}

/** A page as VS Code would show it: its policy, its theme, and a host that only listens. */
export class PageHarness<ToPage, FromPage> {
  private constructor(
    readonly page: Page,
    /** Refusals of the content policy, errors on the page and requests that would have left it. */
    readonly troubles: readonly string[],
  ) {}

  static async open<ToPage, FromPage>(
    browser: Browser,
    { name, element, theme = 'dark', context: contextOptions = {}, language }: PageOptions,
  ): Promise<PageHarness<ToPage, FromPage>> {
    const { script, style } = await bundlePage(name);
    const context = await browser.newContext({ viewport: { width: 720, height: 640 }, ...contextOptions });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('console', message => {
      if (message.type() === 'error') troubles.push(message.text());
    });
    page.on('pageerror', error => troubles.push(String(error)));
    await page.route('**/*', route => {
      const file = files[new URL(route.request().url()).pathname];
      if (file) return route.fulfill(file);
      troubles.push(`request for ${route.request().url()}`);
      return route.abort();
    });
    const files: Record<string, { contentType: string; body: string }> = {
      '/': { contentType: 'text/html', body: html(element) },
      '/page.js': { contentType: 'text/javascript', body: script },
      '/page.css': { contentType: 'text/css', body: style },
    };
    await page.addInitScript(pretendToBeVsCode, themes[theme]);
    if (language !== undefined) {
      await page.addInitScript(value => {
        Object.defineProperty(Navigator.prototype, 'language', { get: () => value, configurable: true });
      }, language);
    }
    const harness = new PageHarness<ToPage, FromPage>(page, troubles);
    await harness.load();
    return harness;
  }

  /** Loads the page, again too: what it kept with `setState` is still there, all else is gone. */
  async load(): Promise<void> {
    await this.page.goto(`${origin}/`);
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

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

const html = (element: string): string => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"><title>OpenRouter</title></head>
<body><${element}></${element}><script type="module" nonce="page" src="/page.js"></script></body></html>`;

declare global {
  interface Window {
    /** What the page told its host. */
    posted: { readonly type: string }[];
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
    postMessage: (message: { readonly type: string }) => posted.push(structuredClone(message)),
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
