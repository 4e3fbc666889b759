import { joinPlain, plain, say } from '../../core/base/plainText';
import type { ChatMessage } from '../../core/chat/chatClient';
import { describeMasked } from '../../core/chat/maskedSecret';
import {
  type MaskedMessages,
  maskEach,
  maskMessages,
  secretsIn,
} from '../../core/prompts/masking/maskMessages';
import { restoreEvents } from '../../core/prompts/masking/restoreEvents';
import type { SecretVault } from '../../core/prompts/masking/secretVault';
import { settings as keys, settingsSection } from '../../ids';
import type { Clients } from '../account/clients';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { AskedLedger } from './asker';
import type { AskRequest } from './askRequest';
import type { PricedRequest, RequestPreparation } from './requestPreparation';

/** Named in a question: more are not read. */
const mostNamed = 10;

const [maskAndSend, sendAsIs] = ['Mask and Send', 'Send as They Are'];

/** Makes requests ready whose secrets are masked; undefined when the user does not want them sent. */
export interface MaskedPreparation extends Pick<RequestPreparation, 'prepare'> {
  priceOnly(request: AskRequest, signal: AbortSignal): Promise<PricedRequest | undefined>;
}

/**
 * Takes secrets out of what is about to leave, and puts them back into the answer. What the user sees, copies and
 * inserts has them as they are; the server, the model and the usage history never get them.
 */
export class SecretMasking {
  constructor(
    private readonly vault: SecretVault,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'confirm'>,
  ) {}

  /** Has requests masked before `preparation` estimates them and makes them ready. */
  before(preparation: Pick<RequestPreparation, 'prepare' | 'priceOnly'>): MaskedPreparation {
    return {
      priceOnly: async (request, signal) => {
        const masked = await this.mask(request);
        return masked && !signal.aborted ? preparation.priceOnly(masked, signal) : undefined;
      },
      prepare: async (request, signal) => {
        const masked = await this.mask(request);
        return masked && !signal.aborted ? preparation.prepare(masked, signal) : undefined;
      },
    };
  }

  /** The clients, whose answers have the secrets in the places of their placeholders. */
  restoring(clients: Pick<Clients, 'chat'>): Pick<Clients, 'chat'> {
    const { vault } = this;
    return {
      chat: async () => {
        const connected = await clients.chat();
        if (!connected.ok) return connected;
        const { client } = connected.value;
        return {
          ...connected,
          value: {
            ...connected.value,
            client: { stream: (request, signal) => restoreEvents(client.stream(request, signal), vault) },
          },
        };
      },
    };
  }

  /** The ledger, which gets no secret when it keeps texts. */
  recording(ledger: AskedLedger): AskedLedger {
    const clean = (text: string | undefined) => text && this.vault.maskForRecord(text);
    return {
      totals: (period, ownRowsOnly) => ledger.totals(period, ownRowsOnly),
      begin: (draft, limits) => ledger.begin({ ...draft, prompt: clean(draft.prompt) }, limits),
      update: (id, patch) =>
        ledger.update(id, patch.answer === undefined ? patch : { ...patch, answer: clean(patch.answer) }),
    };
  }

  /** A text of an answer as it came: with placeholders for the secrets. */
  asReceived(text: string): string {
    return this.vault.maskForRecord(text);
  }

  /** What would leave in place of `messages`, before anybody is asked. */
  masked(messages: readonly ChatMessage[]): readonly ChatMessage[] {
    if (this.settings.current.secretScan === 'off' || secretsIn(messages, this.vault).size === 0)
      return messages;
    return maskEach(messages, this.vault);
  }

  /** Undefined when the user does not want to send it after all. */
  private async mask(request: AskRequest): Promise<AskRequest | undefined> {
    const { secretScan } = this.settings.current;
    if (secretScan === 'off') return request;
    const { messages, turn } = request;
    const secrets = secretsIn(messages, this.vault);
    if (secrets.size === 0) return request;
    const masked = maskMessages(messages, turn.sent, secrets, this.vault);
    const choice = secretScan === 'ask' ? await this.ask(masked) : maskAndSend;
    if (choice === sendAsIs) {
      this.vault.allow(secrets.keys());
      return request;
    }
    if (choice !== maskAndSend) return undefined;
    return {
      ...request,
      messages: masked.messages,
      turn: { ...turn, sent: { ...turn.sent, masked: masked.masked } },
    };
  }

  private ask({ masked }: MaskedMessages): Promise<string | undefined> {
    const named = masked.slice(0, mostNamed).map(each => plain(describeMasked(each)));
    const more = masked.length > mostNamed ? [say`${masked.length - mostNamed} more`] : [];
    return this.dialogs.confirm(
      say`What you are about to send seems to hold secrets.`,
      say`${joinPlain([...named, ...more], '; ')}. Masked, a placeholder leaves in the place of each, and the answer has the secret again. ${`${settingsSection}.${keys.secretScan}`} says what happens without a question.`,
      maskAndSend,
      sendAsIs,
    );
  }
}
