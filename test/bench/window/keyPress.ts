import type { Workbench } from '../../support/workbench/workbench';

declare global {
  interface Window {
    /** When the page saw its last key go down, as {@link nowMs}. */
    benchKeyAtMs: number;
  }
}

/** Has the window note when keys go down; once per load. */
export async function noteKeys({ page }: Workbench): Promise<void> {
  await page.evaluate(() => {
    const note = (): void => {
      window.benchKeyAtMs = performance.timeOrigin + performance.now();
    };
    addEventListener('keydown', note, { capture: true });
  });
}

/** Presses the second key of a shortcut that begins with Ctrl+K; resolves to when the window saw it go down. */
export async function pressAfterCtrlK({ page }: Workbench, key: string): Promise<number> {
  await page.keyboard.press('Control+k');
  await page.keyboard.press(key);
  return page.evaluate(() => window.benchKeyAtMs);
}
