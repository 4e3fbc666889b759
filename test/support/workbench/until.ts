import { setTimeout as delay } from 'node:timers/promises';
import type { Locator } from 'playwright-core';

/** How long anything in the workbench may take before a test gives up on it, in ms. */
export const patienceMs = 60_000;

/**
 * Asks `probe` again and again until it answers something else than undefined or false.
 * Rejects with `what` after {@link patienceMs}.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = patienceMs,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
    await delay(50);
  }
}

/** The text as it is drawn now; empty when the element is not there. */
export async function readText(element: Locator): Promise<string> {
  return (await element.allInnerTexts()).join('\n');
}
