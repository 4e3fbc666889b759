import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { ActiveConversation } from '../../../src/app/ask/activeConversation';
import type { Asker } from '../../../src/app/ask/asker';
import type { AnswerEvent } from '../../../src/core/chat/answer';
import { makeTurn } from '../../support/turns';
import { uncaughtIn } from '../../support/uncaught';

const cancelled: AnswerEvent = { type: 'ended', ending: { outcome: 'cancelled', durationMs: 1 } };

async function* untilAborted(signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  yield { type: 'text', text: 'Half' };
  if (!signal.aborted) await new Promise(resolve => signal.addEventListener('abort', resolve));
  yield cancelled;
}

suite('ActiveConversation', () => {
  const create = (): ActiveConversation => new ActiveConversation({} as Asker, monotonicFactory());

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

  test('a listener that throws does not end a request that is paid for', async () => {
    const conversation = create();
    conversation.onDidChange(() => {
      throw new Error('broken view');
    });
    let isReadToTheEnd = false;
    const uncaught = await uncaughtIn(() =>
      conversation.runEvents(makeTurn(), async function* (): AsyncGenerator<AnswerEvent> {
        yield { type: 'text', text: 'Whole' };
        isReadToTheEnd = true;
        yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
      }),
    );
    const [turn] = conversation.conversation.turns;
    assert.ok(isReadToTheEnd);
    assert.deepEqual([turn?.answer.status, turn?.answer.text], ['completed', 'Whole']);
    assert.equal(uncaught.length, 3, 'each is told: the turn, its text, its end');
  });
});
