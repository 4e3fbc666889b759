import type { AccountClient, SignInClient } from '../chat/account';
import type { ChatClient, ChatRequest } from '../chat/chatClient';
import type { Endpoint } from '../chat/endpoint';
import type { WireRequest } from '../chat/requestCode';
import type { Catalogue } from './model';

/** Makes the clients of one endpoint. Clients hold no resources and need no disposal. */
export interface OpenRouter {
  /** Loads the client library on its first call. */
  chat(endpoint: Endpoint): Promise<ChatClient>;
  catalogue(endpoint: Endpoint): Catalogue;
  account(endpoint: Endpoint): AccountClient;
  signIn(endpoint: Endpoint): SignInClient;
  /** The request as `chat` sends it, without the key. */
  describe(endpoint: Endpoint, request: ChatRequest): WireRequest;
}
