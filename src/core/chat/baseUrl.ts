export type BaseUrl =
  | {
      readonly ok: true;
      /** What paths are appended to: no trailing slash, no query, no credentials. */
      readonly url: string;
      /** What the key is stored for and sent to. */
      readonly origin: string;
    }
  /** `problem` completes "The setting cannot be used: …". */
  | { readonly ok: false; readonly problem: string };

/** Checks the base URL a user typed: https, or http to this very machine. */
export function parseBaseUrl(text: string): BaseUrl {
  const typed = text.trim();
  if (typed === '') return refuse('it is empty');
  if (!/^https?:\/\//i.test(typed)) return refuse('it must start with https://');
  if (/[\s\\]/.test(typed)) return refuse('it contains a space or a backslash');
  const url = parse(typed);
  if (!url) return refuse('it is not a URL');
  if (url.username || url.password) return refuse('it must not contain a user name or password');
  if (/[?#]/.test(typed)) return refuse('it must not contain a query or a fragment');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse('it must start with https:// (http:// is for this machine only)');
  }
  return { ok: true, url: url.origin + url.pathname.replace(/\/+$/, ''), origin: url.origin };
}

function refuse(problem: string): BaseUrl {
  return { ok: false, problem };
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** `URL` has already brought the host name into its one spelling (`127.1` → `127.0.0.1`). */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
