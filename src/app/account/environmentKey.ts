import { say } from '../../core/base/plainText';
import type { Endpoint } from '../../core/chat/endpoint';
import type { Dialogs } from '../ports/dialogs';
import type { Keys } from '../ports/keys';
import type { KeyCheck } from './keyCheck';

/** `left`: the user went away from the question, and wants nothing else either. */
export type EnvironmentAnswer = 'stored' | 'notTaken' | 'left';

/** `OPENROUTER_API_KEY` of the environment: used only after a yes, and asked about once for each origin. */
export class EnvironmentKey {
  constructor(
    private readonly keys: Pick<Keys, 'environmentKey' | 'hasFact' | 'addFact'>,
    private readonly keyCheck: Pick<KeyCheck, 'checkAndStore'>,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'warn'>,
  ) {}

  /** Asks whether the environment's key may be stored for the endpoint, unless there is nothing to ask. */
  async offer(endpoint: Endpoint): Promise<EnvironmentAnswer> {
    const key = this.keys.environmentKey();
    const { origin } = endpoint;
    if (key === undefined || key === endpoint.apiKey || this.keys.hasFact('environmentKeyAsked', origin)) {
      return 'notTaken';
    }
    const use = 'Use This Key';
    const refuse = 'Do Not Use It';
    const choice = await this.dialogs.confirm(
      say`OPENROUTER_API_KEY is set in the environment of VS Code. Use that key for ${origin}?`,
      say`It would be checked and copied into the secret storage of VS Code. You are asked this once.`,
      use,
      refuse,
    );
    if (choice === undefined) return 'left';
    await this.keys.addFact('environmentKeyAsked', origin);
    if (choice !== use) return 'notTaken';
    const retake = await this.keyCheck.checkAndStore(key, endpoint);
    if (retake === undefined) return 'stored';
    await this.dialogs.warn(retake.problem);
    return 'notTaken';
  }
}
