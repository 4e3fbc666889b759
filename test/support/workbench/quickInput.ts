import type { Locator, Page } from 'playwright-core';
import { readText, until } from './until';

/** A row of a quick pick as the user reads it. */
export interface QuickRow {
  readonly label: string;
  /** Everything a screen reader says: label, description, detail, buttons. */
  readonly ariaLabel: string;
}

/** VS Code's command palette, quick picks and input boxes: all of them are one widget. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget').filter({ visible: true });
    this.input = this.widget.locator('.quick-input-box input');
  }

  async waitUntilShown(): Promise<void> {
    await this.input.waitFor();
  }

  async waitUntilHidden(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Replaces what is in the input. Rows filter themselves as for a user. */
  async type(text: string): Promise<void> {
    await this.waitUntilShown();
    await this.input.fill(text);
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  async title(): Promise<string> {
    return readText(this.widget.locator('.quick-input-title'));
  }

  /** The hint or error below the input; empty when there is none. */
  async message(): Promise<string> {
    return readText(this.widget.locator('.quick-input-message').filter({ visible: true }));
  }

  /** The rows on screen now: the list draws only those. */
  async rows(): Promise<readonly QuickRow[]> {
    return this.widget.locator('.quick-input-list .monaco-list-row').evaluateAll(rows =>
      rows.map(row => ({
        label: row.querySelector('.label-name')?.textContent ?? '',
        ariaLabel: row.getAttribute('aria-label') ?? '',
      })),
    );
  }

  /** Waits for the row whose label is exactly `label` and chooses it. */
  async pick(label: string): Promise<void> {
    const row = await until(`the quick pick row "${label}"`, async () => {
      const index = (await this.rows()).findIndex(each => each.label === label);
      return index >= 0 && this.widget.locator('.quick-input-list .monaco-list-row').nth(index);
    });
    await row.click();
  }

  /** Chooses the row that has the focus, or accepts the text. */
  async accept(): Promise<void> {
    await this.page.keyboard.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitUntilHidden();
  }
}
