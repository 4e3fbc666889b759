import type { Page } from 'playwright-core';

/**
 * What the window's pages hold after collecting garbage, in MB: script objects, documents and buffers. The
 * pages share one process here, so the growth by opening one is that page's.
 */
export async function pageHeapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    const heap = await session.send('Runtime.getHeapUsage');
    return (heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize) / 2 ** 20;
  } finally {
    await session.detach();
  }
}
