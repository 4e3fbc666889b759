/**
 * The events that a part of a page fires and the page itself listens to.
 * `post` carries a message for the host, `announce` a sentence for screen readers.
 */
export type PageEvent = 'post' | 'announce';

const names: Readonly<Record<PageEvent, string>> = { post: 'page-post', announce: 'page-announce' };

export function tellPage(from: EventTarget, event: PageEvent, detail: unknown): void {
  from.dispatchEvent(new CustomEvent(names[event], { bubbles: true, detail }));
}

export function onPageEvent(root: EventTarget, event: PageEvent, listener: (detail: unknown) => void): void {
  root.addEventListener(names[event], fired => {
    if (fired instanceof CustomEvent) listener(fired.detail);
  });
}
