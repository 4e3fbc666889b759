import { links } from '../../core/base/links';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Failure } from '../../core/chat/failure';
import { actionLabels } from '../../core/chat/failureAction';
import { describeCallFailure, describeFailure } from '../../core/chat/failureText';
import type { OpenRouter } from '../../core/models/openRouter';
import type { Dialogs } from '../ports/dialogs';
import type { Keys } from '../ports/keys';
import type { Workbench } from '../ports/workbench';
import { describeBelongings, describeKey } from './describeKey';

/** A key that was not stored: what may be shown of it when it is asked for again, and why it is not enough. */
export interface Retake {
  readonly typed?: string;
  readonly problem: PlainText;
}

/** Verifies a new key at its origin and stores it, wherever it came from. */
export class KeyCheck {
  constructor(
    private readonly keys: Pick<Keys, 'set' | 'addFact'>,
    private readonly openRouter: Pick<OpenRouter, 'account'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'news' | 'openLink' | 'progress' | 'warn'>,
    private readonly workbench: Pick<Workbench, 'openProxySettings'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Undefined when the key is stored; `done` is what was reached by that. */
  async checkAndStore(
    key: string,
    endpoint: Endpoint,
    done: PlainText = say`The API key is set.`,
  ): Promise<Retake | undefined> {
    const account = this.openRouter.account({ ...endpoint, apiKey: key });
    const checked = await this.dialogs.progress(say`Checking the API key…`, signal => account.key(signal));
    if (!checked.ok) {
      if (checked.failure.kind !== 'unauthorized') return this.offerUnchecked(key, endpoint, checked.failure);
      return {
        problem: say`OpenRouter does not know this key: it is wrong, deleted, expired or of another service. Paste another one.`,
      };
    }
    if (checked.value.isManagementKey) {
      return {
        problem: say`This is a management key: it can make and delete keys but cannot ask models. Paste an ordinary key.`,
      };
    }
    await this.store(key, endpoint.origin);
    const { value } = checked;
    await this.dialogs.news(say`${done} ${describeKey(value)}`, undefined, plain(describeBelongings(value)));
    return undefined;
  }

  /** Not every gateway can tell about a key, and a server that is down says nothing against it. */
  private async offerUnchecked(
    typed: string,
    { origin }: Endpoint,
    failure: Failure,
  ): Promise<Retake | undefined> {
    const { dialogs } = this;
    const problem = say`The key could not be checked. ${describeCallFailure(failure, 'the key check')}`;
    const storeAnyway = 'Store Anyway';
    const openProxy = actionLabels.openProxySettings;
    const detail = say`It can be stored for ${origin} all the same: whether it is valid then shows with the first question.`;
    const buttons = isHelpedByProxy(failure) ? [openProxy, storeAnyway] : [storeAnyway];
    const choice = await dialogs.confirm(problem, detail, ...buttons);
    if (choice === openProxy) await this.workbench.openProxySettings();
    if (choice !== storeAnyway) return { typed, problem };
    await this.store(typed, origin);
    await dialogs.news(say`The API key is stored for ${origin}, unchecked.`);
    return undefined;
  }

  private async store(key: string, origin: string): Promise<void> {
    if (await this.keys.set(origin, key)) await this.keys.addFact('keyStored', origin);
    else this.explainKeyring().catch(this.onError);
  }

  /** The question that waits for the key does not wait for this. */
  private async explainKeyring(): Promise<void> {
    const help = 'Learn More';
    const choice = await this.dialogs.warn(
      say`The secret storage of VS Code did not keep the key: it works until this window closes. On Linux, install and unlock a keyring, such as GNOME Keyring or KWallet, then set the key again.`,
      help,
    );
    if (choice === help) await this.dialogs.openLink(links.keyring);
  }
}

/** Whether the settings of the proxy are among what is to be looked at first. */
function isHelpedByProxy(failure: Failure): boolean {
  const [best, second] = describeFailure(failure, '').actions;
  return best === 'openProxySettings' || second === 'openProxySettings';
}
