import type { AccountClient } from '../../core/chat/account';
import type { ChatClient } from '../../core/chat/chatClient';
import { fail, type Result, succeed } from '../../core/chat/result';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Endpoints } from './endpoints';

/** A client, and the origin that its requests go to. */
export interface Connected {
  readonly client: ChatClient;
  readonly origin: string;
}

/** Clients for the endpoint in force at the moment of asking; they fail with `noKey` or `invalidBaseUrl`. */
export class Clients {
  constructor(
    private readonly endpoints: Pick<Endpoints, 'currentWithKey'>,
    private readonly openRouter: Pick<OpenRouter, 'chat' | 'account'>,
  ) {}

  async chat(): Promise<Result<Connected>> {
    const endpoint = await this.endpoints.currentWithKey();
    if (!endpoint.ok) return endpoint;
    return succeed({
      client: await this.openRouter.chat(endpoint.value),
      origin: endpoint.value.origin,
    });
  }

  /**
   * The account of the key in use. With `origin` only if that is the origin in force: nobody else is asked about
   * a request, so its row waits until its own origin is in force again, or is given up after a day.
   */
  async account(origin?: string): Promise<Result<AccountClient>> {
    const endpoint = await this.endpoints.currentWithKey();
    if (!endpoint.ok) return endpoint;
    if (origin !== undefined && origin !== endpoint.value.origin) return fail({ kind: 'noKey' });
    return succeed(this.openRouter.account(endpoint.value));
  }
}
