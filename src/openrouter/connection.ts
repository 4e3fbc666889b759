import { isOpenRouterOrigin } from '../core/base/links';
import { Redactor } from '../core/base/redact';

/** Where to call and as whom. Made anew for each request, so that settings and key are current. */
export interface Connection {
  /** As `parseBaseUrl` gives it: no trailing slash. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Tells OpenRouter which app calls; both optional. */
  readonly attribution: { readonly referer?: string; readonly title?: string };
  /** Must look up `globalThis.fetch` when called: VS Code puts its proxy-aware one there late. */
  readonly fetch: typeof globalThis.fetch;
}

/** Whether the connection goes to OpenRouter itself, not to a gateway. */
export function isOwnHost({ baseUrl }: Connection): boolean {
  return URL.canParse(baseUrl) && isOpenRouterOrigin(new URL(baseUrl).origin);
}

/** Takes the connection's key out of texts, also in the form in which it goes over the wire. */
export function redactorOf({ apiKey }: Connection): Redactor {
  return new Redactor([apiKey, toHeaderValue(apiKey)]);
}

/** What OpenRouter's lists of apps call an extension of an editor. */
const categories = 'ide-extension,programming-app';

/**
 * Every header of a call to OpenRouter: nothing else is sent. Values are reduced to printable ASCII,
 * because `fetch` throws on anything else.
 */
export function requestHeaders(connection: Connection, hasBody: boolean): Record<string, string> {
  const { apiKey, attribution } = connection;
  const title = toHeaderValue(attribution.title);
  const referer = toHeaderValue(attribution.referer);
  const headers: Record<string, string | undefined> = {
    Accept: hasBody ? 'text/event-stream, application/json' : 'application/json',
    'Content-Type': hasBody ? 'application/json' : undefined,
    Authorization: apiKey && `Bearer ${toHeaderValue(apiKey)}`,
    // Answers, and errors, come with the proof of how the request was handled.
    'X-OpenRouter-Metadata': hasBody ? 'enabled' : undefined,
    'HTTP-Referer': referer,
    // OpenRouter renamed the header; older gateways in front of it know only the first name.
    'X-Title': title,
    'X-OpenRouter-Title': title,
    // They are part of the attribution: who has emptied that sends none of it.
    'X-OpenRouter-Categories': hasBody && (title || referer) ? categories : undefined,
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/** The text in printable ASCII: accents are taken off, the rest is dropped. */
function toHeaderValue(text: string | undefined): string | undefined {
  return text
    ?.normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}
