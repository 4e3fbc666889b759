import type { Endpoint, OpenRouter } from '../../core/chat/endpoint';
import { describeFailure } from '../../core/chat/failureText';
import { links } from '../../core/links';
import type { Result } from '../../core/result';
import type { Dialogs } from '../../host/dialogs';
import type { KeyStore } from '../../host/keyStore';
import { describeKey } from './describeKey';

export interface ApiKeyPorts {
  readonly keys: KeyStore;
  readonly endpoint: () => Promise<Result<Endpoint>>;
  readonly openRouter: OpenRouter;
  readonly dialogs: Dialogs;
}

/** Setting and removing the key of the origin in use. The key goes to that origin and nowhere else. */
export class ApiKeyCommands {
  constructor(private readonly ports: ApiKeyPorts) {}

  /** Asks for a key until a valid one is stored (true) or the user leaves (false). */
  async set(): Promise<boolean> {
    const endpoint = await this.ports.endpoint();
    if (!endpoint.ok) {
      await this.ports.dialogs.error(describeFailure(endpoint.failure, '').sentence);
      return false;
    }
    let problem: string | undefined;
    for (;;) {
      const typed = await this.askFor(endpoint.value, problem);
      if (typed === undefined) return false;
      const key = withoutWhiteSpace(typed);
      problem = await this.problemOf(key, endpoint.value);
      if (problem === undefined) return true;
    }
  }

  /** Opens the page where keys are made, then asks for the new one. */
  async getAndSet(): Promise<boolean> {
    await this.ports.dialogs.openLink(links.keys);
    return this.set();
  }

  /** Offers both ways to a key; true when one was set. */
  async offer(): Promise<boolean> {
    const setKey = 'Set API Key';
    const getKey = 'Get a Key';
    const choice = await this.ports.dialogs.confirm(
      'An OpenRouter API key is needed to send this.',
      'Your question is kept and is sent as soon as the key is set. The key is stored in the secret storage of VS Code.',
      setKey,
      getKey,
    );
    if (choice === setKey) return this.set();
    return choice === getKey ? this.getAndSet() : false;
  }

  async remove(): Promise<void> {
    const endpoint = await this.ports.endpoint();
    if (!endpoint.ok) {
      await this.ports.dialogs.error(describeFailure(endpoint.failure, '').sentence);
      return;
    }
    const { origin, apiKey } = endpoint.value;
    if (apiKey === undefined) {
      await this.ports.dialogs.inform(`No API key is stored for ${origin}.`);
      return;
    }
    const remove = 'Remove';
    const choice = await this.ports.dialogs.confirm(
      `Remove the API key for ${origin} from this computer?`,
      'The key itself stays valid. To disable it, delete it on the key settings page of OpenRouter.',
      remove,
    );
    if (choice === remove) await this.ports.keys.remove(origin);
  }

  private askFor({ origin }: Endpoint, problem: string | undefined): Promise<string | undefined> {
    return this.ports.dialogs.input({
      title: 'OpenRouter API Key',
      prompt:
        problem ?? `Paste the key for ${origin}. It is checked, then kept in the secret storage of VS Code.`,
      placeHolder: 'sk-or-v1-…',
      password: true,
      validateInput: text =>
        withoutWhiteSpace(text) === '' ? 'Paste a key, or press Escape to leave.' : undefined,
    });
  }

  /** Why the key cannot be used; undefined when it is valid and now stored. */
  private async problemOf(key: string, endpoint: Endpoint): Promise<string | undefined> {
    const account = this.ports.openRouter.account({ ...endpoint, apiKey: key });
    const checked = await this.ports.dialogs.progress('Checking the API key…', signal => account.key(signal));
    if (!checked.ok) {
      if (checked.failure.kind === 'unauthorized') {
        return 'OpenRouter does not know this key: it is wrong, deleted or of another service. Paste another one.';
      }
      return `The key could not be checked. ${describeFailure(checked.failure, 'The key check').sentence}`;
    }
    if (checked.value.isManagementKey) {
      return 'This is a management key: it can make and delete keys but cannot ask models. Paste an ordinary key.';
    }
    await this.ports.keys.set(endpoint.origin, key);
    void this.ports.dialogs.inform(`The API key is set. ${describeKey(checked.value)}`);
    return undefined;
  }
}

/** A pasted key often brings a space or a line break along; none belongs to it. */
function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
