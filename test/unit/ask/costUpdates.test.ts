import assert from 'node:assert/strict';
import { priceRunning, showSettledCosts } from '../../../src/app/ask/costUpdates';
import { emptyAnswer } from '../../../src/core/chat/answer';
import { type Conversation, reduceTurn, type Turn } from '../../../src/core/chat/conversation';
import { costSoFar } from '../../../src/core/chat/costSoFar';
import { addTurn } from '../../../src/core/chat/versions';
import { toSentEstimate } from '../../../src/core/money/sentEstimate';
import { AskWorld } from '../../support/askWorld';
import { createMemoryLedger } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';
import { makeAnswer, makeTurn } from '../../support/turns';

suite('late prices', () => {
  test('a running answer that left without a price gets one; others keep what they have', () => {
    const estimate = { promptTokens: 1000 };
    const running = makeTurn({ id: 'running', estimate });
    const ended = makeTurn({ id: 'ended', estimate, answer: makeAnswer({ status: 'completed' }) });
    const priced = makeTurn({ id: 'priced', estimate: { ...estimate, promptUsd: '9', answerTokenUsd: '9' } });
    const events: string[] = [];
    let conversation: Conversation = { id: 'c', turns: [] };
    for (const turn of [running, ended, priced]) conversation = addTurn(conversation, turn);
    const current = {
      conversation,
      apply: (id: string, event: Parameters<typeof reduceTurn>[2][number]) => {
        events.push(id);
        conversation = reduceTurn(conversation, id, [event]);
      },
    };
    priceRunning(current, () => undefined);
    assert.deepEqual(events, []);
    priceRunning(current, () => makeModel());
    assert.deepEqual(events, ['running']);
    const [now] = conversation.turns;
    assert.ok(now?.estimate);
    assert.equal(costSoFar(makeAnswer({ text: 'x'.repeat(400) }), now.estimate), '0.0012');
  });

  test('the estimate takes the prices that hold for so long a prompt', () => {
    const long = { minPromptTokens: 500, pricing: { prompt: '0.000002', completion: '0.000004' } };
    const model = makeModel({
      pricing: { prompt: '0.000001', completion: '0.000002', overrides: [long] },
    });
    assert.deepEqual(toSentEstimate(1000, model.pricing, 0), {
      promptTokens: 1000,
      promptUsd: '0.002',
      answerTokenUsd: '0.000004',
    });
    assert.equal(toSentEstimate(500, model.pricing, 0).answerTokenUsd, '0.000002');
    assert.deepEqual(toSentEstimate(10, { prompt: '-1', completion: '-1' }, 0), {
      promptTokens: 10,
    });
  });
});

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
    const answer = { ...emptyAnswer, status: 'cancelled', cost: { state: 'pending' } } as const;
    const { session, turns } = await restoredSession(ids.map(id => makeTurn({ id, answer })));
    await showSettledCosts(session, ledger);
    assert.deepEqual(
      turns().map(turn => turn.answer.cost),
      [{ state: 'settled', usd: '0.000005' }, { state: 'pending' }, { state: 'pending' }],
    );
    session.dispose();
  });
});

async function restoredSession(turns: readonly Turn[]) {
  const world = new AskWorld();
  world.kept = { conversation: { id: 'c', turns }, draft: '' };
  await world.session.restore();
  return { session: world.session, turns: () => world.turns };
}
