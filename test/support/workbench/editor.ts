import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput';
import { until } from './until';

/** 1-based positions; the end is exclusive, as in VS Code's status bar. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The active text editor, used by keyboard as a user does. */
export class Editor {
  readonly active: Locator;

  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
    private readonly runCommand: (title: string) => Promise<void>,
  ) {
    this.active = page.locator('.editor-group-container.active .monaco-editor').first();
  }

  /** Opens a file of the folder by its name: by its tab where there is one, else through quick open. */
  async open(name: string): Promise<void> {
    const label = name.split('/').at(-1) ?? name;
    const tab = this.page.locator(`.editor-group-container.active .tab[data-resource-name="${label}"]`);
    if (await tab.isVisible()) await tab.click();
    else await this.quickOpen(name, label);
    await this.page.locator(`.tab.active[data-resource-name="${label}"]`).waitFor();
    await this.focus();
  }

  private async quickOpen(name: string, label: string): Promise<void> {
    await until(`the file ${name} in quick open`, async () => {
      await this.runCommand('Go to File...');
      if ((await this.quickInput.typeSoon(name)) && (await this.quickInput.pickSoon(label))) return true;
      // The list is not filled anew when the search was not ready for it.
      await this.quickInput.cancel();
      return false;
    });
  }

  /** Puts the keyboard into the text. */
  async focus(): Promise<void> {
    const focused = this.page.locator('.editor-group-container.active .monaco-editor.focused').first();
    if (await focused.isVisible()) return;
    await this.runCommand('View: Focus Active Editor Group');
    await focused.waitFor();
  }

  /** Moves the cursor; nothing is selected afterwards. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.focus();
    await until('the question for a line', async () => {
      await this.page.keyboard.press('Control+G');
      if (!(await this.quickInput.isShownSoon())) return false;
      return (await this.quickInput.typeSoon(`:${line}:${column}`)) && this.quickInput.acceptSoon();
    });
    await this.quickInput.waitUntilHidden();
    await this.position(new RegExp(`^Ln ${line}, Col ${column}$`));
  }

  async select({ startLine, startColumn, endLine, endColumn }: TextRange): Promise<void> {
    await this.goTo(startLine, startColumn);
    await this.chord('b');
    await this.goTo(endLine, endColumn);
    await this.chord('k');
    await this.position(/ selected\)$/);
  }

  async selectAll(): Promise<void> {
    await this.goTo(1);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.position(/ selected\)$/);
  }

  /** Waits until the status bar's cursor position, such as "Ln 3, Col 1 (20 selected)", matches. */
  async position(text: RegExp): Promise<void> {
    await this.page.locator('.statusbar-item', { hasText: text }).first().waitFor();
  }

  /** Opens the context menu at the cursor and waits for it. */
  async openContextMenu(): Promise<Locator> {
    await this.page.keyboard.press('Shift+F10');
    const menu = this.page.locator('.monaco-menu-container .monaco-menu').first();
    await menu.waitFor();
    return menu;
  }

  /** The lines on screen, as far as they are drawn. */
  async visibleText(): Promise<string> {
    const lines = await this.active.locator('.view-line').evaluateAll(elements =>
      elements
        .map(line => ({
          top: Number.parseInt((line as HTMLElement).style.top, 10),
          text: line.textContent ?? '',
        }))
        .sort((a, b) => a.top - b.top)
        .map(line => line.text.replaceAll('\u00a0', ' ')),
    );
    return lines.join('\n');
  }

  /** Ctrl+K Ctrl+B sets the selection's anchor, Ctrl+K Ctrl+K selects from there to the cursor. */
  private async chord(key: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.page.keyboard.press(`ControlOrMeta+${key}`);
  }
}
