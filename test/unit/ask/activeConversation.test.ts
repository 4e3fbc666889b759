import assert from 'node:assert/strict';
import { ActiveConversation } from '../../../src/app/ask/activeConversation';
import type { Asker } from '../../../src/app/ask/asker';
import { createUlids } from '../../../src/core/base/ulid';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { makeTurn } from '../../support/turns';

const cancelled: AnswerEvent = { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };

async function* untilAborted(signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  yield { type: 'text', text: 'Half' };
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
  yield cancelled;
}

suite('ActiveConversation', () => {
  const create = (): ActiveConversation => new ActiveConversation({} as Asker, createUlids());

  test('an answer that ends while its conversation is put away has ended when it is brought back', async () => {
    const conversation = create();
    const answering = conversation.runEvents(makeTurn(), untilAborted);
    conversation.startNew();
    const turn = await answering;
    conversation.undoStartNew();
    assert.equal(conversation.conversation.turns[0]?.answer.status, 'cancelled');
    assert.deepEqual(conversation.conversation.turns, [turn]);
  });

  test('a conversation that has begun is not replaced by an undo', async () => {
    const conversation = create();
    const ended = async function* (): AsyncGenerator<AnswerEvent> {
      yield cancelled;
    };
    await conversation.runEvents(makeTurn({ id: 'old' }), ended);
    conversation.startNew();
    await conversation.runEvents(makeTurn({ id: 'new' }), ended);
    conversation.undoStartNew();
    assert.deepEqual(
      conversation.conversation.turns.map(({ id }) => id),
      ['new'],
    );
  });

  test('what leads to the request begins before the turn is shown', () => {
    const conversation = create();
    const order: string[] = [];
    conversation.onDidChange(() => order.push('shown'));
    void conversation.runEvents(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
      order.push('begun');
      yield cancelled;
    });
    assert.deepEqual(order, ['begun', 'shown']);
  });
});
