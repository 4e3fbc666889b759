import { isOpenRouterOrigin } from '../base/links';

/** What the page where a user signs in is asked for. */
export interface SignInRequest {
  /** Base64url of the SHA-256 of the verifier. */
  readonly challenge: string;
  /** Comes back with the code. */
  readonly state: string;
  /** Where the browser goes with the code; undefined: the page shows the code. */
  readonly callback?: string;
  /** Spending limit of the new key, USD as decimal text; undefined: none. */
  readonly limitUsd?: string;
}

/** OpenRouter's own pages are all at one host, whichever of its hosts serves the API. */
const openRouterPages = 'https://openrouter.ai';

/** The address of the page where a user signs in to get a key for `baseUrl`. */
export function signInPage(baseUrl: string, { challenge, state, callback, limitUsd }: SignInRequest): string {
  const { origin } = new URL(baseUrl);
  const page = new URL('/auth', isOpenRouterOrigin(origin) ? openRouterPages : origin);
  const parameters = {
    callback_url: callback,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state,
    limit: limitUsd,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) page.searchParams.set(name, value);
  }
  return page.href;
}

/**
 * Whether the sign-in page goes back to `address`: to `https`, to this machine, and to an editor's own scheme, which
 * OpenRouter's documents do not name but its page takes from other extensions.
 */
export function canReturnTo(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol !== 'http:' || hostname === 'localhost' || hostname === '127.0.0.1';
}
