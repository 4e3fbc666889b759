import assert from 'node:assert/strict';
import { type AnswerEvent, emptyAnswer, reduceAnswer, tokensPerSecond } from '../../../src/core/chat/answer';
import { reduceTurn } from '../../../src/core/chat/conversation';
import { addTurn } from '../../../src/core/chat/versions';
import { makeAnswer, makeTurn } from '../../support/turns';

const play = (...events: AnswerEvent[]) => events.reduce(reduceAnswer, emptyAnswer);

suite('answer', () => {
  test('text and reasoning grow apart and in order', () => {
    const answer = play(
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'a' },
      { type: 'reasoning', text: 'm' },
      { type: 'text', text: 'b' },
    );
    assert.equal(answer.text, 'ab');
    assert.equal(answer.reasoning, 'hmm');
  });

  test('a retry is shown until the next try is accepted', () => {
    const retrying: AnswerEvent = {
      type: 'retrying',
      attempt: 2,
      delayMs: 500,
      atMs: 1,
      failure: { kind: 'overloaded' },
    };
    assert.equal(play(retrying).retry?.attempt, 2);
    assert.equal(play(retrying, { type: 'accepted', generationId: 'gen-1' }).retry, undefined);
  });

  test('what is known of the server stays when a later event does not repeat it', () => {
    const answer = play(
      { type: 'accepted', generationId: 'gen-1', provider: 'P' },
      { type: 'served', model: 'acme/m1' },
      { type: 'finish', finishReason: 'stop', nativeFinishReason: 'end_turn' },
      { type: 'finish' },
    );
    assert.deepEqual(
      [
        answer.generationId,
        answer.provider,
        answer.servedModel,
        answer.finishReason,
        answer.nativeFinishReason,
      ],
      ['gen-1', 'P', 'acme/m1', 'stop', 'end_turn'],
    );
  });

  test('what is told of the routing adds up; what is settled later fills the gaps only', () => {
    const settled: AnswerEvent = {
      type: 'settled',
      cost: { state: 'settled', usd: '0.001' },
      usage: {},
      routing: { serviceTier: 'priority', region: 'europe' },
    };
    const answer = play(
      { type: 'routing', routing: { serviceTier: 'flex' } },
      { type: 'routing', routing: { attempt: 2, summary: 'Beta answered.' } },
      settled,
    );
    assert.deepEqual(answer.routing, {
      serviceTier: 'flex',
      region: 'europe',
      attempt: 2,
      summary: 'Beta answered.',
    });
    assert.deepEqual(play(settled).routing, { serviceTier: 'priority', region: 'europe' });
  });

  test('a cancelled answer keeps its text and takes a cost that is settled later', () => {
    const answer = play(
      { type: 'text', text: 'half' },
      { type: 'cost', cost: { state: 'pending' } },
      { type: 'ended', ending: { outcome: 'cancelled', durationMs: 10 } },
      { type: 'settled', cost: { state: 'settled', usd: '0.001' }, usage: { completionTokens: 3 } },
    );
    assert.deepEqual(
      [answer.text, answer.status, answer.cost, answer.usage?.completionTokens],
      ['half', 'cancelled', { state: 'settled', usd: '0.001' }, 3],
    );
  });

  test('settling keeps the token counts it has nothing to say about', () => {
    const usage = { promptTokens: 7, completionTokens: 3, costUsd: undefined };
    const { usage: kept } = play(
      { type: 'usage', usage },
      { type: 'settled', cost: { state: 'estimated', usd: '0.1' }, usage: {} },
    );
    assert.deepEqual(kept, usage);
    const { usage: told } = play(
      { type: 'usage', usage },
      {
        type: 'settled',
        cost: { state: 'settled', usd: '0.1' },
        usage: { promptTokens: undefined, completionTokens: 4 },
      },
    );
    assert.deepEqual([told?.promptTokens, told?.completionTokens], [7, 4]);
  });

  test('speed counts the tokens after the first one came', () => {
    const usage = { completionTokens: 100 };
    const ending = { outcome: 'completed', ttftMs: 500, durationMs: 2500 } as const;
    assert.equal(tokensPerSecond(makeAnswer({ usage, ending })), 50);
    assert.equal(tokensPerSecond(makeAnswer({ ending })), undefined);
    const retried = { ...ending, durationMs: ending.durationMs + 9000, retriedMs: 9000 };
    assert.equal(tokensPerSecond(makeAnswer({ usage, ending: retried })), 50);
    assert.equal(
      tokensPerSecond(makeAnswer({ usage, ending: { outcome: 'completed', durationMs: 1 } })),
      undefined,
    );
  });
});

suite('conversation', () => {
  test('events change the turn they belong to and no other', () => {
    const first = makeTurn({ id: 'a' });
    const conversation = addTurn({ id: 'c', turns: [first] }, makeTurn({ id: 'b' }));
    const changed = reduceTurn(conversation, 'b', [{ type: 'text', text: 'x' }]);
    assert.equal(changed.turns[0], first);
    assert.equal(changed.turns[1]?.answer.text, 'x');
  });
});
