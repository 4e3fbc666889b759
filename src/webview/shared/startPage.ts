import { connectHost, type HostLink, isFromHost } from './hostLink';
import { onPost } from './pageEvents';

/** A page as a custom element. */
interface PageElement<ToPage> extends HTMLElement {
  /** Applies one message of the host; they come in order. */
  receive(message: ToPage): void;
}

export interface PageStart<Page, ToPage> {
  /** Name of the element that is the page; the host puts one into the document. */
  readonly name: string;
  readonly element: new () => Page;
  /** The custom elements within the page, by name. */
  readonly parts: Readonly<Record<string, CustomElementConstructor>>;
  /** Everything else that is posted to the window is dropped. */
  readonly isToPage: (value: unknown) => value is ToPage;
}

/** Starts a page: from now on it applies what the host posts, and tells the host what its parts post. */
export function startPage<ToPage, Page extends PageElement<ToPage>>({
  name,
  element,
  parts,
  isToPage,
}: PageStart<Page, ToPage>): { readonly page: Page; readonly host: HostLink } {
  const host = connectHost();
  const reportError = (error: unknown): void =>
    host.post({
      type: 'pageError',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  addEventListener('error', event => reportError(event.error ?? event.message));
  addEventListener('unhandledrejection', event => reportError(event.reason));

  for (const [partName, part] of Object.entries(parts)) customElements.define(partName, part);
  customElements.define(name, element);
  const page = document.querySelector(name);
  if (!(page instanceof element)) throw new Error(`The document has no ${name}`);

  onPost(page, message => host.post(message));
  addEventListener('message', event => {
    if (isFromHost(event) && isToPage(event.data)) page.receive(event.data);
  });
  host.post({ type: 'ready' });
  return { page, host };
}
