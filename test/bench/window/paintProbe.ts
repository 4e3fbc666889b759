import type { Frame } from 'playwright-core';

/** Says, within a page, whether what is waited for is in its document. */
export type IsThere<Wish> = (wish: Wish) => boolean;

declare global {
  interface Window {
    /** When it was painted, as `nowMs` of the benchmark's own process. */
    benchPaintedAtMs: Promise<number>;
  }
}

/** Has a page note the paint that first shows what `isThere` looks for. Read it with {@link paintedAtMs}. */
export async function watchPaint<Wish>(frame: Frame, isThere: IsThere<Wish>, wish: Wish): Promise<void> {
  await frame.evaluate(toScript(isThere, wish));
}

export const paintedAtMs = (frame: Frame): Promise<number> => frame.evaluate(() => window.benchPaintedAtMs);

/** As text, because a function cannot be handed over; the driver's scripts are outside the page's policy. */
function toScript<Wish>(isThere: IsThere<Wish>, wish: Wish): string {
  return `(${notePaint})(() => (${isThere})(${JSON.stringify(wish)}))`;
}

/**
 * Runs in the page. Looks once per frame, after all scripts and before the paint: what is there then is in
 * that paint. A resize observer is the one thing called at that point, so a hidden box changes its size.
 */
function notePaint(isThere: () => boolean): void {
  const box = document.createElement('div');
  box.style.cssText = 'position:fixed;visibility:hidden;contain:strict;height:1px;width:1px';
  window.benchPaintedAtMs = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('What was waited for was not painted within two minutes.')), 120_000);
    const afterPaint = new MessageChannel();
    afterPaint.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    let isWide = false;
    let isDone = false;
    const observer = new ResizeObserver(() => {
      if (isDone || !isThere()) return;
      isDone = true;
      observer.disconnect();
      box.remove();
      // The frame is on its way to the screen when the next task runs.
      afterPaint.port2.postMessage(undefined);
    });
    observer.observe(box);
    let next = 0;
    const eachFrame = (): void => {
      if (isDone) return;
      if (!box.isConnected) document.documentElement?.append(box);
      isWide = !isWide;
      box.style.width = isWide ? '2px' : '1px';
      next = requestAnimationFrame(eachFrame);
    };
    // VS Code writes a webview's document anew, which ends what waits for its frames.
    const restart = setInterval(() => {
      if (isDone) clearInterval(restart);
      else if (!box.isConnected) {
        cancelAnimationFrame(next);
        eachFrame();
      }
    }, 20);
    eachFrame();
  });
}

export interface TextWish {
  readonly selector: string;
  /** Absent: any text. */
  readonly ending?: string;
}

/** For {@link watchPaint}: the last element of `selector` is drawn and holds text, or ends with `ending`. */
export function endsWithText({ selector, ending }: TextWish): boolean {
  const element = [...document.querySelectorAll(selector)].at(-1);
  if (!element || element.getClientRects().length === 0) return false;
  if (ending === undefined) return element.textContent?.trim() !== '';
  let node: Node = element;
  while (node.lastChild) node = node.lastChild;
  return node instanceof Text && node.data.endsWith(ending);
}

/** For {@link watchPaint}: a row of the quick pick is drawn that holds `text`. */
export function hasRow(text: string): boolean {
  const rows = [...document.querySelectorAll('.quick-input-list .monaco-list-row')];
  return rows.some(row => row.textContent?.includes(text) && row.getClientRects().length > 0);
}
