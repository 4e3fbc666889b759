/** Parts of a page fire these events, which bubble up to the page. */
const postEvent = 'page-post';
const announceEvent = 'page-announce';

/** A message for the host. */
interface Message {
  readonly type: string;
}

/** Posts `message` to the host. */
export function postToHost<M extends Message>(from: EventTarget, message: M): void {
  from.dispatchEvent(new CustomEvent(postEvent, { bubbles: true, detail: message }));
}

/** Has screen readers read `sentence`. */
export function announce(from: EventTarget, sentence: string): void {
  from.dispatchEvent(new CustomEvent(announceEvent, { bubbles: true, detail: sentence }));
}

export function onPost(root: EventTarget, listener: (message: Message) => void): void {
  listen<Message>(root, postEvent, listener);
}

export function onAnnounce(root: EventTarget, listener: (sentence: string) => void): void {
  listen<string>(root, announceEvent, listener);
}

function listen<T>(root: EventTarget, name: string, listener: (detail: T) => void): void {
  root.addEventListener(name, event => {
    // Only the functions above fire events of these names.
    if (event instanceof CustomEvent) listener(event.detail as T);
  });
}
