import { links } from '../../core/base/links';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Failure } from '../../core/chat/failure';
import { describeCallFailure, describeFailure } from '../../core/chat/failureText';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Dialogs, Keys } from '../ports';
import { describeKey } from './describeKey';
import type { Endpoints } from './endpoints';

/** What is shown when the key is asked for again: what was typed, and why it is not enough. */
interface Retake {
  readonly typed?: string;
  readonly problem: PlainText;
}

/** Setting and removing the key of the origin in use. The key goes to that origin and nowhere else. */
export class ApiKeyCommands {
  constructor(
    private readonly keys: Keys,
    private readonly endpoints: Pick<Endpoints, 'current'>,
    private readonly openRouter: OpenRouter,
    private readonly dialogs: Dialogs,
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
      retake = await this.checkAndStore(withoutWhiteSpace(typed), endpoint.value);
      if (retake === undefined) return true;
    }
  }

  /** Opens the page where keys are made, then asks for the new one. */
  async getAndSet(): Promise<boolean> {
    await this.dialogs.openLink(links.keys);
    return this.set();
  }

  /** Offers both ways to a key; true when one was set. */
  async offer(): Promise<boolean> {
    const setKey = 'Set API Key';
    const getKey = 'Get a Key';
    const choice = await this.dialogs.confirm(
      say`An OpenRouter API key is needed to send this.`,
      say`Your question is kept and is sent as soon as the key is set. The key is stored in the secret storage of VS Code.`,
      setKey,
      getKey,
    );
    if (choice === setKey) return this.set();
    return choice === getKey ? this.getAndSet() : false;
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
    const choice = await this.dialogs.confirm(
      say`Remove the API key for ${origin} from this computer?`,
      say`The key itself stays valid. To disable it, delete it on the key settings page of OpenRouter.`,
      remove,
    );
    if (choice === remove) await this.keys.remove(origin);
  }

  private askFor({ origin }: Endpoint, retake: Retake | undefined): Promise<string | undefined> {
    return this.dialogs.input({
      title: say`OpenRouter API Key`,
      prompt:
        retake?.problem ??
        say`Paste the key for ${origin}. It is checked, then kept in the secret storage of VS Code.`,
      value: retake?.typed,
      placeHolder: say`sk-or-v1-…`,
      password: true,
      validateInput: text =>
        withoutWhiteSpace(text) === '' ? say`Paste a key, or press Escape to leave.` : undefined,
    });
  }

  /** Undefined when the key is stored. */
  private async checkAndStore(key: string, endpoint: Endpoint): Promise<Retake | undefined> {
    const { dialogs, keys, openRouter } = this;
    const account = openRouter.account({ ...endpoint, apiKey: key });
    const checked = await dialogs.progress(say`Checking the API key…`, signal => account.key(signal));
    if (!checked.ok) {
      if (checked.failure.kind !== 'unauthorized') return this.offerUnchecked(key, endpoint, checked.failure);
      return {
        problem: say`OpenRouter does not know this key: it is wrong, deleted or of another service. Paste another one.`,
      };
    }
    if (checked.value.isManagementKey) {
      return {
        problem: say`This is a management key: it can make and delete keys but cannot ask models. Paste an ordinary key.`,
      };
    }
    await keys.set(endpoint.origin, key);
    await dialogs.news(say`The API key is set. ${describeKey(checked.value)}`);
    return undefined;
  }

  /** Not every gateway can tell about a key, and a server that is down says nothing against it. */
  private async offerUnchecked(
    typed: string,
    { origin }: Endpoint,
    failure: Failure,
  ): Promise<Retake | undefined> {
    const { dialogs, keys } = this;
    const problem = say`The key could not be checked. ${describeCallFailure(failure, 'the key check')}`;
    const storeAnyway = 'Store Anyway';
    const detail = say`It can be stored for ${origin} all the same: whether it is valid then shows with the first question.`;
    const choice = await dialogs.confirm(problem, detail, storeAnyway);
    if (choice !== storeAnyway) return { typed, problem };
    await keys.set(origin, typed);
    await dialogs.news(say`The API key is stored for ${origin}, unchecked.`);
    return undefined;
  }
}

/** A pasted key often brings a space or a line break along; none belongs to it. */
function withoutWhiteSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
