import assert from 'node:assert/strict';
import { ActiveConversation } from '../../../src/app/ask/activeConversation';
import type { Asker } from '../../../src/app/ask/asker';
import { showSettledCosts } from '../../../src/app/ask/settledCosts';
import { createUlids } from '../../../src/core/base/ulid';
import { emptyAnswer } from '../../../src/core/chat/answer';
import { createMemoryLedger } from '../../support/ledger/memoryLedger';
import { makeTurn } from '../../support/turns';

suite('showSettledCosts', () => {
  test('shows the costs that were settled since, and leaves the others pending', async () => {
    const ledger = createMemoryLedger();
    const ids = ['settled', 'waiting', 'deleted'];
    for (const id of ids.slice(0, 2)) {
      await ledger.begin({
        id,
        startedAt: 1,
        origin: 'panel',
        action: 'ask',
        requestedModel: 'v/m',
        maxTokens: 9,
      });
    }
    await ledger.update('settled', { outcome: 'cancelled', costState: 'settled', costPico: 5_000_000n });
    const conversation = new ActiveConversation({} as Asker, createUlids());
    const answer = { ...emptyAnswer, status: 'cancelled', cost: { state: 'pending' } } as const;
    conversation.restore({ id: 'c', turns: ids.map(id => makeTurn({ id, answer })) });
    await showSettledCosts(conversation, ledger);
    assert.deepEqual(
      conversation.conversation.turns.map(turn => turn.answer.cost),
      [{ state: 'settled', usd: '0.000005' }, { state: 'pending' }, { state: 'pending' }],
    );
    conversation.dispose();
  });
});
