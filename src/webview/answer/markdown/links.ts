/** Where links may lead. All others (`javascript:`, `command:`, `file:`, `data:`) are shown as text. */
const allowed = new Set(['http:', 'https:', 'mailto:']);

/** `href` as an absolute address that may be opened; `undefined` when it may not. */
export function toSafeHref(href: string): string | undefined {
  try {
    const url = new URL(href);
    return allowed.has(url.protocol) ? url.href : undefined;
  } catch {
    // Not an absolute address: an answer has no address that this one could be relative to.
    return undefined;
  }
}

/** A link that only tells the page it was pressed; see `AnswerPage`. Plain text when it may not be opened. */
export function createLink(href: string): HTMLElement {
  const safe = toSafeHref(href);
  if (safe === undefined) return document.createElement('span');
  const link = document.createElement('a');
  link.href = safe;
  link.title = safe;
  link.rel = 'noreferrer noopener';
  return link;
}
