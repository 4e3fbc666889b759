import { toChatBody } from '../core/chat/chatBody';
import type { Endpoint } from '../core/chat/endpoint';
import type { OpenRouter } from '../core/models/openRouter';
import { type Connection, requestHeaders } from './connection';
import { createAccountClient, createCatalogue, createSignInClient } from './rest';

/** All that talks to OpenRouter. The chat client, with its library, is loaded on the first request. */
export const openRouter: OpenRouter = {
  async chat(endpoint) {
    const { createChatClient } = await import('./chat');
    const { noBytesMs, noDataMs } = endpoint;
    return createChatClient(toConnection(endpoint), { stallLimits: { noBytesMs, noDataMs } });
  },
  catalogue: endpoint => createCatalogue(toConnection(endpoint)),
  account: endpoint => createAccountClient(toConnection(endpoint)),
  signIn: endpoint => createSignInClient(toConnection(endpoint)),
  describe(endpoint, request) {
    const { Authorization: _, ...headers } = requestHeaders(toConnection(endpoint), true);
    return { baseUrl: endpoint.baseUrl, headers, body: toChatBody(request) };
  },
};

function toConnection({ baseUrl, apiKey, attribution }: Endpoint): Connection {
  // Looked up at each call: VS Code puts its own proxy-aware fetch there, and replaces it when settings change.
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  return { baseUrl, apiKey, attribution, fetch };
}
