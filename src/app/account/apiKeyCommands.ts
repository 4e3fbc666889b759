import { links } from '../../core/base/links';
import { plain, say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import { describeFailure } from '../../core/chat/failureText';
import type { Dialogs } from '../ports/dialogs';
import type { Keys } from '../ports/keys';
import type { Endpoints } from './endpoints';
import type { KeyCheck, Retake } from './keyCheck';

/** Setting and removing the key of the origin in use. The key goes to that origin and nowhere else. */
export class ApiKeyCommands {
  constructor(
    private readonly keys: Pick<Keys, 'remove' | 'removeFact'>,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly keyCheck: Pick<KeyCheck, 'checkAndStore'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'error' | 'input' | 'news' | 'openLink'>,
  ) {}

  /** Asks for a key until a valid one is stored (true) or the user leaves (false). */
  async set(): Promise<boolean> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) {
      await this.dialogs.error(plain(describeFailure(endpoint.failure, '').sentence));
      return false;
    }
    let retake: Retake | undefined;
    for (;;) {
      const typed = await this.askFor(endpoint.value, retake);
      if (typed === undefined) return false;
      retake = await this.keyCheck.checkAndStore(withoutWhiteSpace(typed), endpoint.value);
      if (retake === undefined) return true;
    }
  }

  async remove(): Promise<void> {
    const endpoint = await this.endpoints.current();
    if (!endpoint.ok) {
      await this.dialogs.error(plain(describeFailure(endpoint.failure, '').sentence));
      return;
    }
    const { origin, apiKey } = endpoint.value;
    if (apiKey === undefined) {
      await this.dialogs.news(say`No API key is stored for ${origin}.`);
      return;
    }
    const remove = 'Remove';
    const removeAndRevoke = 'Remove and Open Key Settings';
    const choice = await this.dialogs.confirm(
      say`Remove the API key for ${origin} from this computer?`,
      say`The key itself stays valid. To disable it, delete it on the key settings page of OpenRouter.`,
      remove,
      removeAndRevoke,
    );
    if (choice === undefined) return;
    await this.keys.removeFact('keyStored', origin);
    await this.keys.remove(origin);
    if (choice === removeAndRevoke) await this.dialogs.openLink(links.keys);
  }

  private askFor({ origin }: Endpoint, retake: Retake | undefined): Promise<string | undefined> {
    return this.dialogs.input({
      title: say`OpenRouter API Key`,
      prompt:
        retake?.problem ??
        say`Paste the key or a short-lived token for ${origin}. It is checked, then kept in the secret storage of VS Code.`,
      value: retake?.typed,
      placeHolder: say`sk-or-v1-…`,
      password: true,
      validateInput: text =>
        withoutWhiteSpace(text) === '' ? say`Paste a key, or press Escape to leave.` : undefined,
    });
  }
}

/** A pasted key often brings a space or a line break along; none belongs to it. */
function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
