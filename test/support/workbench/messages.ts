import type { Locator, Page } from 'playwright-core';
import { readText } from './until';

/** Notification toasts at the bottom right. With the test driver on, VS Code shows none. */
export class Toasts {
  private readonly all: Locator;

  constructor(page: Page) {
    this.all = page.locator('.notifications-toasts .notification-list-item');
  }

  async texts(): Promise<readonly string[]> {
    return this.all.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Waits for a toast that holds `text`. */
  async find(text: string | RegExp): Promise<Locator> {
    const toast = this.all.filter({ hasText: text }).first();
    await toast.waitFor();
    return toast;
  }

  /** Waits until no toast is left. */
  async untilGone(): Promise<void> {
    await this.all.first().waitFor({ state: 'detached' });
  }

  async click(text: string | RegExp, button: string): Promise<void> {
    const toast = await this.find(text);
    await toast.locator('.monaco-button', { hasText: button }).first().click();
  }
}

/** The modal dialog in the middle of the window. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for the dialog and gives its message and detail. */
  async text(): Promise<string> {
    await this.box.waitFor();
    return readText(this.box.locator('.dialog-message-container'));
  }

  async click(button: string): Promise<void> {
    await this.box.locator('.monaco-button', { hasText: button }).first().click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
