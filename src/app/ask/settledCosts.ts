import type { LedgerStore } from '../../core/ledger/ledger';
import { toSettledEvent } from '../../core/ledger/ledgerRecorder';
import type { ActiveConversation } from './activeConversation';

/** Shows in a conversation of an earlier session what its requests turned out to cost meanwhile. */
export async function showSettledCosts(
  conversation: ActiveConversation,
  ledger: Pick<LedgerStore, 'get'>,
): Promise<void> {
  for (const { id, answer } of conversation.conversation.turns) {
    if (answer.cost?.state !== 'pending') continue;
    const row = await ledger.get(id);
    if (row && row.costState !== 'pending') conversation.apply(id, toSettledEvent(row));
  }
}
