import type { Locator, Page } from 'playwright-core';
import { readText, until } from './until';

/** How long the palette gets before it is tried anew, in ms. */
const soonMs = 1500;

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

  constructor(page: Page) {
    this.widget = page.locator('.quick-input-widget').filter({ visible: true });
    this.input = this.widget.locator('.quick-input-box input');
  }

  async waitUntilShown(): Promise<void> {
    await this.input.waitFor();
  }

  /** False when the input does not open within a short while: the key may have come too early. */
  async isShownSoon(): Promise<boolean> {
    return until('', () => this.input.isVisible(), soonMs).catch(() => false);
  }

  async waitUntilHidden(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** Replaces what is in the input. Rows filter themselves as for a user. */
  async type(text: string): Promise<void> {
    await this.waitUntilShown();
    await this.input.fill(text);
  }

  /** Like {@link type}; false when the input is not there any more: VS Code closes it when it loses the focus. */
  async typeSoon(text: string): Promise<boolean> {
    return succeeds(this.input.fill(text, { timeout: soonMs }));
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  /** Whether the command palette is what is open now. */
  async isPalette(): Promise<boolean> {
    return (
      (await this.input.isVisible()) &&
      (await this.input.inputValue({ timeout: soonMs }).catch(() => '')).startsWith('>')
    );
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
    await until(`the quick pick row "${label}"`, () => this.pickNow(label));
  }

  /** Like {@link pick}, but gives up after a short while and says so. */
  async pickSoon(label: string): Promise<boolean> {
    return until('', () => this.pickNow(label), soonMs).catch(() => false);
  }

  /** True as soon as the first row's label matches; false when that takes longer than a short while. */
  async isFirstSoon(label: RegExp): Promise<boolean> {
    const isFirst = async (): Promise<boolean> => label.test((await this.rows())[0]?.label ?? '');
    return until('', isFirst, soonMs).catch(() => false);
  }

  /** Chooses the row that has the focus, or accepts the text. */
  async accept(): Promise<void> {
    // Only there: behind an input that has closed, the key would change the code.
    await this.input.press('Enter');
  }

  /** Like {@link accept}; false when the input is not there any more. */
  async acceptSoon(): Promise<boolean> {
    return succeeds(this.input.press('Enter', { timeout: soonMs }));
  }

  async cancel(): Promise<void> {
    if (await this.input.isVisible()) await succeeds(this.input.press('Escape', { timeout: soonMs }));
    await this.waitUntilHidden();
  }

  private async pickNow(label: string): Promise<boolean> {
    const index = (await this.rows()).findIndex(row => row.label === label);
    if (index < 0) return false;
    const row = this.widget.locator('.quick-input-list .monaco-list-row').nth(index);
    // Rows may move while the list fills: then the next look finds it.
    return succeeds(row.click({ timeout: soonMs }));
  }
}

const succeeds = (action: Promise<void>): Promise<boolean> =>
  action.then(
    () => true,
    () => false,
  );
