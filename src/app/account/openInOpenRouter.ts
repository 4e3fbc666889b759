import { isOpenRouterOrigin, links, logOfGeneration } from '../../core/base/links';
import { type PlainText, say } from '../../core/base/plainText';
import type { Conversation } from '../../core/chat/conversation';
import type { LedgerEntry, LedgerStore } from '../../core/ledger/ledger';
import type { Dialogs } from '../ports/dialogs';
import type { Keys } from '../ports/keys';

/**
 * Opens OpenRouter's own record of a request. Its address has a hash of the key, which only OpenRouter can tell the
 * key from; the key itself never leaves.
 */
export class OpenInOpenRouter {
  constructor(
    private readonly store: Pick<LedgerStore, 'get'>,
    private readonly keys: Pick<Keys, 'get'>,
    private readonly dialogs: Pick<Dialogs, 'openLink' | 'warn'>,
  ) {}

  /** Of the newest turn that was sent. */
  async openNewest({ turns }: Conversation): Promise<void> {
    for (const { id } of turns.toReversed()) {
      const row = await this.store.get(id);
      if (row) return this.openRow(row);
    }
    await this.dialogs.warn(say`Nothing was asked yet, so OpenRouter has no record to open.`);
  }

  /** Of the row with that id, which is also a turn's. */
  async open(id: string): Promise<void> {
    const row = await this.store.get(id);
    if (row) return this.openRow(row);
    await this.dialogs.warn(
      say`This request was never sent, or its row was deleted: there is no record to open.`,
    );
  }

  private async openRow({ endpoint, generationId }: LedgerEntry): Promise<void> {
    const { dialogs } = this;
    if (endpoint === undefined || !isOpenRouterOrigin(endpoint)) {
      if (endpoint === undefined)
        return this.offerLogs(say`It is not known where this request went, so its record cannot be found.`);
      await dialogs.warn(
        say`This request went to ${endpoint}, not to OpenRouter, which has no record of it.`,
      );
      return;
    }
    if (generationId === undefined) {
      await dialogs.warn(say`OpenRouter gave this request no generation id, so its record cannot be found.`);
      return;
    }
    const key = await this.keys.get(endpoint);
    if (key === undefined) {
      return this.offerLogs(
        say`No API key is stored for ${endpoint} any more, so the record of this request cannot be found.`,
      );
    }
    await dialogs.openLink(logOfGeneration(await sha256Hex(key), generationId));
  }

  /** All of the account's records are the next best. */
  private async offerLogs(why: PlainText): Promise<void> {
    const open = 'Open All Logs';
    if ((await this.dialogs.warn(why, open)) === open) await this.dialogs.openLink(links.logs);
  }
}

/** SHA-256 of the text's UTF-8 bytes, in small hexadecimal digits. */
async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
}
