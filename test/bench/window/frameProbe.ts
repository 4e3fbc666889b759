import type { Frame } from 'playwright-core';

/** What is waited for: text that ends with `ending` in the last element of `selector`, or any text at all. */
export interface TextWish {
  readonly selector: string;
  readonly ending?: string;
}

/** Tasks of the page's thread that took longer than 50 ms, in ms. */
export interface LongTasks {
  /** Tasks of the page itself. */
  readonly own: readonly number[];
  /** Tasks of the workbench around it, which may share the thread. */
  readonly others: readonly number[];
}

export interface TextProbe {
  /** Waits for the text; resolves to when it was painted, as {@link nowMs}. */
  whenVisible(): Promise<number>;
  /** Long tasks since the probe was set; ends it. */
  takeLongTasks(): Promise<LongTasks>;
}

/** Watches a page of the window from within; resolves once the probe is in place. */
export async function watchText(frame: Frame, wish: TextWish): Promise<TextProbe> {
  await frame.evaluate(observeLongTasks);
  await frame.evaluate(watchInPage, wish);
  return {
    whenVisible: () => frame.evaluate(() => window.benchVisibleAtMs),
    takeLongTasks: () => frame.evaluate(() => window.benchLongTasks()),
  };
}

declare global {
  interface Window {
    benchVisibleAtMs: Promise<number>;
    benchLongTasks: () => LongTasks;
  }
}

/** Runs in the page. */
function observeLongTasks(): void {
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
}

/**
 * Runs in the page. Looks once per frame, after all scripts and before the paint: what is there then is in
 * that paint. A resize observer is the one thing called at that point, so a hidden box changes its size.
 */
function watchInPage({ selector, ending }: TextWish): void {
  const box = document.createElement('div');
  box.style.cssText = 'position:fixed;visibility:hidden;contain:strict;height:1px;width:1px';
  document.documentElement.append(box);
  const isThere = (): boolean => {
    let node: Node | null | undefined = [...document.querySelectorAll(selector)].at(-1);
    if (ending === undefined)
      return node?.textContent?.trim() !== undefined && node.textContent.trim() !== '';
    while (node?.lastChild) node = node.lastChild;
    return node instanceof Text && node.data.endsWith(ending);
  };
  window.benchVisibleAtMs = new Promise(resolve => {
    const afterPaint = new MessageChannel();
    let isWide = false;
    let isDone = false;
    afterPaint.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    const observer = new ResizeObserver(() => {
      if (isDone || !isThere()) return;
      isDone = true;
      observer.disconnect();
      box.remove();
      // The frame is on its way to the screen when the next task runs.
      afterPaint.port2.postMessage(undefined);
    });
    observer.observe(box);
    const eachFrame = (): void => {
      if (isDone) return;
      isWide = !isWide;
      box.style.width = isWide ? '2px' : '1px';
      requestAnimationFrame(eachFrame);
    };
    requestAnimationFrame(eachFrame);
  });
}
