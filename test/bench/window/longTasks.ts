import type { Frame } from 'playwright-core';

/** Tasks of a page's thread that took longer than 50 ms, in ms. */
export interface LongTasks {
  /** Tasks of the page itself. */
  readonly own: readonly number[];
  /** Tasks of the workbench around it, which may share the thread. */
  readonly others: readonly number[];
}

declare global {
  interface Window {
    benchLongTasks: () => LongTasks;
  }
}

export async function watchLongTasks(frame: Frame): Promise<void> {
  await frame.evaluate(() => {
    const found: { own: number[]; others: number[] } = { own: [], others: [] };
    const keep = (entries: PerformanceEntryList): void => {
      for (const { name, duration } of entries) (name === 'self' ? found.own : found.others).push(duration);
    };
    const observer = new PerformanceObserver(list => keep(list.getEntries()));
    observer.observe({ type: 'longtask' });
    window.benchLongTasks = () => {
      keep(observer.takeRecords());
      observer.disconnect();
      return found;
    };
  });
}

/** Ends the watch; gives what it saw. */
export const takeLongTasks = (frame: Frame): Promise<LongTasks> =>
  frame.evaluate(() => window.benchLongTasks());
