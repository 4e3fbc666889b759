import assert from 'node:assert/strict';
import { type AnswerEvent, emptyAnswer, reduceAnswer } from '../../../src/core/chat/answer';
import type { Outcome } from '../../../src/core/chat/chatClient';
import { endedCost } from '../../../src/core/chat/endedCost';
import type { Usage } from '../../../src/core/money/usage';

const accepted: AnswerEvent = { type: 'accepted', generationId: 'gen-1' };
const finish: AnswerEvent = { type: 'finish', finishReason: 'stop' };
const text: AnswerEvent = { type: 'text', text: 'words ' };
const usage = (reported: Usage): AnswerEvent => ({ type: 'usage', usage: reported });
const ended = (outcome: Outcome): AnswerEvent => ({ type: 'ended', ending: { outcome, durationMs: 1 } });
const play = (...events: AnswerEvent[]) => events.reduce(reduceAnswer, emptyAnswer);
const costOf = (...events: AnswerEvent[]) => endedCost(play(...events), undefined, 0);

const billed = { promptTokens: 100, completionTokens: 50, costUsd: '0.0123' };

suite('What an answer was billed', () => {
  test('usage after the model has finished is the bill of an answer that ended well', () => {
    for (const outcome of ['completed', 'truncated'] as const) {
      const answer = play(accepted, text, finish, usage(billed), ended(outcome));
      assert.deepEqual(endedCost(answer, undefined, 0), { state: 'billed', usd: '0.0123' });
      assert.deepEqual(answer.usage, billed);
    }
  });

  test('M1: a cost of zero early in the stream, then Stop: pending, not free', () => {
    const early = usage({ promptTokens: 1000, completionTokens: 0, costUsd: '0' });
    const answer = play(accepted, early, text, text, ended('cancelled'));
    assert.deepEqual(endedCost(answer, undefined, 0), { state: 'pending' });
    assert.equal(answer.usage, undefined, 'its tokens are no figures either');
  });

  test('M3: a running cost with every piece, then a cut: pending', () => {
    const running = [1, 2].flatMap(count => [
      text,
      usage({ promptTokens: 100, completionTokens: count, costUsd: `0.000${count}` }),
    ]);
    for (const outcome of ['interrupted', 'failed', 'cancelled'] as const) {
      assert.deepEqual(costOf(accepted, ...running, ended(outcome)), { state: 'pending' });
    }
  });

  test('M4: zeros after the bill change nothing', () => {
    const zeros = { promptTokens: 0, completionTokens: 0, costUsd: '0' };
    const { costUsd: _, ...noCost } = zeros;
    for (const later of [zeros, noCost, {}]) {
      const answer = play(accepted, finish, usage(billed), usage(later), ended('completed'));
      assert.deepEqual(endedCost(answer, undefined, 0), { state: 'billed', usd: '0.0123' });
      assert.deepEqual(answer.usage, billed);
    }
  });

  test('a running cost is no bill when the line breaks between the finish and the real one', () => {
    const running = usage({ promptTokens: 100, completionTokens: 2, costUsd: '0.0002' });
    assert.deepEqual(costOf(accepted, text, running, finish, ended('completed')), { state: 'pending' });
  });

  test('the bill at the end replaces the running cost, and parts it does not repeat stay', () => {
    const running = usage({ promptTokens: 100, completionTokens: 2, costUsd: '0.0002', cachedTokens: 64 });
    const answer = play(accepted, running, text, finish, usage(billed), ended('completed'));
    assert.deepEqual(answer.usage, { ...billed, cachedTokens: 64 });
    assert.equal(endedCost(answer, undefined, 0).usd, '0.0123');
  });

  test('of two bills the last one counts', () => {
    const first = usage({ ...billed, costUsd: '0.02' });
    assert.equal(costOf(accepted, finish, first, usage(billed), ended('completed')).usd, '0.0123');
  });

  test('the upstream bill belongs to its own report: a later one of zeros does not take it away', () => {
    const byok = { ...billed, costUsd: '0', isByok: true, upstreamUsd: '0.2' };
    const zeros = { promptTokens: 0, costUsd: '0', isByok: false, upstreamUsd: '0' };
    const cost = costOf(accepted, finish, usage(byok), usage(zeros), ended('completed'));
    assert.deepEqual(cost, { state: 'billed', usd: '0.2' });
  });

  test('where nobody can be asked, an answer that ended well is billed by what was counted along', () => {
    const running = usage(billed);
    assert.equal(costOf(running, text, finish, ended('completed')).usd, '0.0123');
    assert.deepEqual(costOf(running, text, ended('cancelled')), { state: 'unknown' });
  });

  test('an answer that is whole without a finish reason is billed by the usage it has', () => {
    assert.equal(costOf(accepted, text, usage(billed), ended('completed')).usd, '0.0123');
  });

  test('a bill of nothing at the end of a whole answer is free', () => {
    const free = usage({ promptTokens: 5, completionTokens: 5, costUsd: '0' });
    assert.deepEqual(costOf(accepted, finish, free, ended('completed')), { state: 'free', usd: '0' });
  });
});
