import { links } from '../../core/base/links';
import { say } from '../../core/base/plainText';
import type { Dialogs } from '../ports/dialogs';
import type { ApiKeyCommands } from './apiKeyCommands';
import type { Endpoints } from './endpoints';
import type { EnvironmentKey } from './environmentKey';
import type { SignIn } from './signIn/signIn';

/** Every way to a key. Each resolves with true when one was stored, so that the question that waited can be sent. */
export class KeyWays {
  constructor(
    private readonly signInWay: Pick<SignIn, 'run'>,
    private readonly apiKey: Pick<ApiKeyCommands, 'set'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly environment: Pick<EnvironmentKey, 'offer'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'openLink'>,
  ) {}

  signIn(): Promise<boolean> {
    return this.signInWay.run();
  }

  /** Asks for a key to be pasted. */
  set(): Promise<boolean> {
    return this.apiKey.set();
  }

  /** Opens the page where keys are made, then asks for the new one. */
  async getAndSet(): Promise<boolean> {
    await this.dialogs.openLink(links.keys);
    return this.set();
  }

  /** Offers the ways to a key to somebody whose question waits for one. */
  async offer(): Promise<boolean> {
    const endpoint = await this.endpoints.current();
    const offered = endpoint.ok ? await this.environment.offer(endpoint.value) : 'notTaken';
    if (offered !== 'notTaken') return offered === 'stored';
    const signIn = 'Sign In';
    const setKey = 'Set API Key';
    const choice = await this.dialogs.confirm(
      say`Sign in with OpenRouter to send this, or set an API key.`,
      say`Your question is kept and is sent as soon as there is a key. The key is stored in the secret storage of VS Code.`,
      signIn,
      setKey,
    );
    if (choice === signIn) return this.signIn();
    return choice === setKey ? this.set() : false;
  }
}
