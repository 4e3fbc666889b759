import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { extensionId } from '../../../src/ids';
import { isRecord, parseJson } from '../../../src/openrouter/wire/json';
import { launchBrowser } from './browser';
import { Editor } from './editor';
import { Dialog, Toasts } from './messages';
import { QuickInput, type QuickRow } from './quickInput';
import { waitUntilSaved } from './savedState';
import { projectFolder } from './tools';
import { until } from './until';
import { type Settings, type SettingsOptions, userSettingsFile, writeSettings } from './userSettings';
import { type ExtensionHost, installExtension, startVscodeServer, type VscodeServer } from './vscodeServer';

/** The packaged extension that the tests install. */
export const packagedExtension = join(projectFolder, 'ask-openrouter.vsix');

/** A small project that the tests work on; every workbench gets a copy of its own. */
export const sampleProject = join(projectFolder, 'test', 'support', 'sample-project');

export interface WorkbenchOptions extends SettingsOptions {
  /** Path of a `.vsix` to install; default the packaged extension, false for none. */
  readonly vsix?: string | false;
  /** Folder to open a copy of; default the sample project. */
  readonly folder?: string;
  /** Variables for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The tests bring their own keys: one of the machine's would be asked about. */
export const noKey: Readonly<Record<string, string>> = { OPENROUTER_API_KEY: '' };

/** Opens a real VS Code with its own data, extensions and browser profile. Dispose it after use. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const home = mkdtempSync(join(tmpdir(), 'workbench-'));
  const dataFolder = join(home, 'data');
  const extensionsFolder = join(home, 'extensions');
  const workspace = copyFolder(home, options.folder);
  mkdirSync(extensionsFolder);
  writeSettings(dataFolder, options);
  const vsix = options.vsix ?? packagedExtension;
  if (vsix) installExtension(vsix, { dataFolder, extensionsFolder });
  const server = await startVscodeServer({
    dataFolder,
    extensionsFolder,
    env: { ...noKey, ...options.env },
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const hasExtension = Boolean(vsix);
  const parts = { home, dataFolder, hasExtension, workspace, server, browser, context };
  const workbench = new Workbench(page, parts);
  await workbench.load();
  return workbench;
}

/** A copy of `source` in `home` that no window has opened before. */
function copyFolder(home: string, source = sampleProject): string {
  const copies = join(home, 'workspaces');
  mkdirSync(copies, { recursive: true });
  const workspace = join(mkdtempSync(join(copies, 'copy-')), basename(source));
  cpSync(source, workspace, { recursive: true });
  return workspace;
}

/** Deletes what VS Code keeps in the browser: secrets and the state of its windows. Cached files stay. */
async function forgetWindows(context: BrowserContext, page: Page, origin: string): Promise<void> {
  await context.clearCookies();
  // A plain text of the same origin: nothing there holds a database open.
  await page.goto(`${origin}/version`);
  await page.evaluate(async () => {
    localStorage.clear();
    const deletions = (await indexedDB.databases()).map(
      ({ name = '' }) =>
        new Promise<void>((resolve, reject) => {
          const deletion = indexedDB.deleteDatabase(name);
          deletion.onsuccess = () => resolve();
          deletion.onerror = () => reject(deletion.error);
        }),
    );
    await Promise.all(deletions);
  });
}

interface Parts {
  /** Holds everything below; deleted in the end. */
  readonly home: string;
  readonly dataFolder: string;
  /** Whether ours is installed. */
  readonly hasExtension?: boolean;
  /** The folder that is open. */
  workspace: string;
  readonly server: VscodeServer;
  readonly browser: Browser;
  readonly context: BrowserContext;
}

/** A window of VS Code, used as a user does: by keyboard, mouse and reading. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly toasts: Toasts;
  readonly dialog: Dialog;

  constructor(
    readonly page: Page,
    private readonly parts: Parts,
  ) {
    this.quickInput = new QuickInput(page);
    this.editor = new Editor(page, this.quickInput, title => this.runCommand(title));
    this.toasts = new Toasts(page);
    this.dialog = new Dialog(page);
  }

  /** What VS Code keeps on disk: settings, logs, global storage. Secrets are in the browser's profile. */
  get dataFolder(): string {
    return this.parts.dataFolder;
  }

  /** The opened copy of the folder. */
  get workspace(): string {
    return this.parts.workspace;
  }

  get extensionHosts(): readonly ExtensionHost[] {
    return this.parts.server.extensionHosts();
  }

  get serverOutput(): string {
    return this.parts.server.output();
  }

  /** Loads the workbench and waits until it can be used. */
  async load(): Promise<void> {
    const { server, workspace } = this.parts;
    await this.page.goto(`${server.url}/?folder=${encodeURIComponent(workspace)}`);
    await this.waitUntilReady();
  }

  /** Reloads the window. The extension host starts anew; secrets and open editors stay. */
  async reload(): Promise<void> {
    await waitUntilSaved(this.page);
    await this.page.reload();
    await this.waitUntilReady();
  }

  /**
   * Begins anew as somebody who has just installed the extension: a folder that was never open, other settings, no
   * key, no history. What takes time stays: the server, the browser and what it has cached of VS Code.
   */
  async startOver(options: Pick<WorkbenchOptions, keyof SettingsOptions | 'folder'> = {}): Promise<void> {
    const { home, dataFolder, context, server } = this.parts;
    await this.page.goto('about:blank');
    // One whose window left while it started would wait for that window for hours, and all that it could still save is
    // deleted here.
    await server.endExtensionHosts();
    rmSync(join(dataFolder, 'data', 'User', 'globalStorage'), { recursive: true, force: true });
    await forgetWindows(context, this.page, server.url);
    writeSettings(dataFolder, options);
    this.parts.workspace = copyFolder(home, options.folder);
    await this.load();
  }

  /** Opens a second window on the same folder, with the same secrets and global storage. */
  async openSecondWindow(): Promise<Workbench> {
    const second = new Workbench(await this.parts.context.newPage(), this.parts);
    await second.load();
    return second;
  }

  /** Runs a command by its full title in the palette, e.g. "OpenRouter: Explain Selection". */
  async runCommand(title: string): Promise<void> {
    await until(`the command "${title}" in the palette`, async () => {
      await this.page.keyboard.press('F1');
      if (!(await this.quickInput.isShownSoon())) return false;
      if ((await this.quickInput.typeSoon(`>${title}`)) && (await this.quickInput.pickSoon(title)))
        return true;
      // The palette does not take up commands of an extension that is found while it is open.
      await this.quickInput.cancel();
      return false;
    });
    // What the command shows may be in the same widget: it is not read before the palette is gone.
    await until('the palette to close', async () => !(await this.quickInput.isPalette()));
  }

  /**
   * Opens a list by its command and gives its rows, as soon as they are as `areThere` says. Where a panel had the focus,
   * VS Code gives it back after the palette, at times so late that it closes the list: then it is opened anew.
   */
  async openList(
    title: string,
    areThere: (rows: readonly QuickRow[]) => boolean,
  ): Promise<readonly QuickRow[]> {
    await this.runCommand(title);
    return until(`the rows of "${title}"`, async () => {
      if (!(await this.quickInput.isShownSoon())) await this.runCommand(title);
      const rows = await this.quickInput.rows();
      // The palette's own rows stay for a moment after it has given way.
      const isPalette = rows.some(({ label }) => label.startsWith('OpenRouter: '));
      return !isPalette && areThere(rows) && rows;
    });
  }

  /** Waits for the entry of the status bar that holds `text`. */
  async statusBarItem(text: string | RegExp): Promise<Locator> {
    const item = this.page.locator('.statusbar-item', { hasText: text }).first();
    await item.waitFor();
    return item;
  }

  /**
   * Waits for the webview that holds `selector` and gives its own document, the innermost frame. A reload
   * or a hidden tab replaces that frame: ask again afterwards.
   */
  async webviewFrame(selector: string): Promise<Frame> {
    return until(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        if (frame.childFrames().length > 0 || frame === this.page.mainFrame()) continue;
        // Not by a locator, which loads a large script into every frame it looks into.
        const isThere = await frame
          .evaluate(wanted => document.querySelector(wanted) !== null, selector)
          .catch(() => false);
        if (isThere) return frame;
      }
      return undefined;
    });
  }

  /** Switches to a colour theme by its label, e.g. "Dark High Contrast". */
  async setTheme(label: string): Promise<void> {
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(label);
    await this.quickInput.pick(label);
    await this.quickInput.waitUntilHidden();
  }

  /** Waits until the user settings on disk are as `isWanted` says. While VS Code writes them, they are cut. */
  async untilSettings(what: string, isWanted: (settings: Settings) => boolean): Promise<void> {
    const file = userSettingsFile(this.dataFolder);
    await until(what, () => {
      const settings = parseJson(readFileSync(file, 'utf8'));
      return isRecord(settings) && isWanted(settings);
    });
  }

  /** For the report of a failure: the texts that a user would see now, and the end of our log. */
  async describe(): Promise<string> {
    const texts = async (title: string, selector: string): Promise<string> =>
      `${title}: ${(
        await this.page
          .locator(selector)
          .allInnerTexts()
          .catch(() => [])
      ).join(' | ')}`;
    const frames = this.page.frames().filter(frame => frame.childFrames().length === 0);
    const pages = frames.map(frame =>
      frame
        .locator('body')
        .innerText({ timeout: 1000 })
        .then(text => `page: ${text.slice(0, 2000)}`)
        .catch(() => ''),
    );
    return [
      await texts('dialog', '.monaco-dialog-box'),
      await texts('quick input', '.quick-input-widget:not([style*="display: none"])'),
      await texts('notifications', '.notification-list-item'),
      await texts('tabs', '.tabs-container .tab'),
      await texts('status bar', '.statusbar-item'),
      ...(await Promise.all(pages.slice(1))),
      `log: ${this.readLog().slice(-3000)}`,
    ].join('\n');
  }

  /** The log of the extension host that started last; empty when it wrote none. */
  private readLog(): string {
    const logs = join(this.dataFolder, 'data', 'logs');
    const files = existsSync(logs) ? readdirSync(logs, { recursive: true, encoding: 'utf8' }) : [];
    const [last] = files
      .filter(name => name.endsWith('Ask OpenRouter.log'))
      .sort()
      .reverse();
    return last === undefined ? '' : readFileSync(join(logs, last), 'utf8');
  }

  async screenshot(path: string): Promise<void> {
    mkdirSync(join(path, '..'), { recursive: true });
    await this.page.screenshot({ path });
  }

  /** Closes the browser, ends the server and deletes the data. */
  async dispose(): Promise<void> {
    await this.parts.browser.close();
    await this.parts.server.stop();
    rmSync(this.parts.home, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ready means: connected to its server, and the extension host has started its extensions. */
  private async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.editor').waitFor();
    await this.page.locator('.statusbar-item').first().waitFor();
    await until('the folder in the explorer', () =>
      this.page
        .locator('.explorer-folders-view .monaco-list-row')
        .count()
        .then(count => count > 0),
    );
    // Started last of all: by then the palette knows its commands and VS Code moves the focus no more.
    if (this.parts.hasExtension) await this.page.locator(`.statusbar-item[id^="${extensionId}"]`).waitFor();
  }
}
