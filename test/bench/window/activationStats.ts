import { until } from '../../support/workbench/until';
import type { Workbench } from '../../support/workbench/workbench';

/** VS Code's own figures for one extension, in ms. */
export interface ActivationStats {
  readonly loadMs: number;
  readonly callMs: number;
  readonly finishMs: number;
}

/** Reads an extension's line of "Extension Activation Stats" in VS Code's startup report; leaves that open. */
export async function readActivationStats(window: Workbench, extensionId: string): Promise<ActivationStats> {
  const { page } = window;
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await window.runCommand('Developer: Startup Performance');
  await page.locator('.tab.active', { hasText: 'Startup Performance' }).waitFor();
  const line = new RegExp(`\\| ${extensionId} +\\| \\w+ +\\| (\\d+) +\\| (\\d+) +\\| (\\d+) `);
  await window.editor.focus();
  const found = await until(`the activation of ${extensionId}`, async () => {
    // Only the lines on screen are in the page: the whole report comes by the clipboard.
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('ControlOrMeta+c');
    const report = await page.evaluate(() => navigator.clipboard.readText());
    return line.exec(report) ?? undefined;
  });
  const [loadMs = 0, callMs = 0, finishMs = 0] = found.slice(1).map(Number);
  return { loadMs, callMs, finishMs };
}
