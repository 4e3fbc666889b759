import assert from 'node:assert/strict';
import { type Answer, emptyAnswer } from '../../../src/core/chat/answer';
import type { Ending } from '../../../src/core/chat/chatClient';
import { endedCost } from '../../../src/core/chat/endedCost';
import type { Failure } from '../../../src/core/chat/failure';
import type { Pricing } from '../../../src/core/money/pricing';
import { settledCost, trueCost } from '../../../src/core/money/trueCost';

const pricing: Pricing = {
  prompt: '0.000003',
  completion: '0.000015',
  inputCacheRead: '0.0000003',
  inputCacheWrite: '0.00000375',
  internalReasoning: '0.00002',
  request: '0.001',
  image: '0.01',
};
const tokens = { promptTokens: 1000, completionTokens: 100 };

suite('trueCost', () => {
  test('the billed cost is taken as it is', () => {
    assert.deepEqual(trueCost({ ...tokens, costUsd: '0.000495' }, pricing, 0), {
      state: 'billed',
      usd: '0.000495',
    });
  });

  test('the upstream bill counts with BYOK and only then', () => {
    const usage = { costUsd: '0.01', upstreamUsd: '0.2' };
    assert.equal(trueCost({ ...usage, isByok: true }, undefined, 0).usd, '0.21');
    assert.equal(trueCost({ ...usage, isByok: false }, undefined, 0).usd, '0.01');
    assert.equal(trueCost(usage, undefined, 0).usd, '0.01');
    assert.equal(trueCost({ costUsd: '0.01', isByok: true }, undefined, 0).usd, '0.01');
  });

  test('a bill of exactly zero is free', () => {
    assert.deepEqual(trueCost({ ...tokens, costUsd: '0' }, pricing, 0), { state: 'free', usd: '0' });
    assert.deepEqual(trueCost({ costUsd: '0', isByok: true, upstreamUsd: '0' }, undefined, 0), {
      state: 'free',
      usd: '0',
    });
  });

  test('zero with BYOK and no word of the upstream bill is not free', () => {
    const usage = { ...tokens, costUsd: '0', isByok: true };
    assert.deepEqual(trueCost(usage, undefined, 0), { state: 'unknown' });
    assert.equal(trueCost(usage, pricing, 0).state, 'estimated');
  });

  test('M10: zero with an upstream bill and no word of BYOK is not free', () => {
    const usage = { ...tokens, costUsd: '0', upstreamUsd: '0.02' };
    assert.deepEqual(trueCost(usage, undefined, 0), { state: 'unknown' });
    assert.deepEqual(trueCost(usage, pricing, 0), { state: 'unknown' });
    assert.deepEqual(settledCost(usage, undefined, 0), { state: 'estimated', usd: '0.02' });
    assert.equal(trueCost({ ...usage, isByok: true }, undefined, 0).usd, '0.02');
    assert.equal(trueCost({ ...usage, isByok: false }, undefined, 0).state, 'free');
    assert.equal(trueCost({ ...usage, upstreamUsd: '0' }, undefined, 0).state, 'free');
    assert.equal(trueCost({ ...usage, upstreamUsd: '-1' }, undefined, 0).state, 'free');
  });

  for (const usage of [
    { promptTokens: -1, completionTokens: -5 },
    { promptTokens: 100, completionTokens: -5 },
    { promptTokens: 100, completionTokens: 5, cachedTokens: -64 },
    { promptTokens: 100, completionTokens: 5, reasoningTokens: -1 },
    { promptTokens: Number.NaN, completionTokens: 5 },
  ]) {
    test(`M11: counts that cannot be true give no estimate: ${Object.values(usage)}`, () => {
      assert.deepEqual(trueCost(usage, pricing, 0), { state: 'unknown' });
    });
  }

  test('no tokens at all are no free answer of a model with a price, and free of a free one', () => {
    const none = { promptTokens: 0, completionTokens: 0 };
    const priced = { prompt: '0.000003', completion: '0.000015' };
    assert.deepEqual(trueCost(none, priced, 0), { state: 'unknown' });
    assert.deepEqual(trueCost(none, { prompt: '0', completion: '0' }, 0), { state: 'free', usd: '0' });
  });

  test('without a bill the price table gives an estimate of every part', () => {
    const usage = { ...tokens, cachedTokens: 400, cacheWriteTokens: 100, reasoningTokens: 40 };
    // 500×3 + 400×0.3 + 100×3.75 + 60×15 + 40×20 millionths, + 0.001 a request + 2 images
    assert.deepEqual(trueCost(usage, pricing, 0, { images: 2 }), { state: 'estimated', usd: '0.024695' });
  });

  test('parts without a price of their own count as ordinary tokens', () => {
    const usage = { ...tokens, cachedTokens: 400, cacheWriteTokens: 100, reasoningTokens: 40 };
    assert.equal(trueCost(usage, { prompt: '0.000003', completion: '0.000015' }, 0).usd, '0.0045');
  });

  test('more reasoning than completion tokens are not billed twice', () => {
    const usage = { promptTokens: 0, completionTokens: 168, reasoningTokens: 173 };
    assert.equal(trueCost(usage, { prompt: '0', completion: '0.000002' }, 0).usd, '0.000336');
  });

  test('prices finer than a trillionth are rounded once, after multiplying', () => {
    const usage = { promptTokens: 10_000_000, completionTokens: 0 };
    assert.equal(trueCost(usage, { prompt: '0.00000000000049', completion: '0' }, 0).usd, '0.0000049');
  });

  test('a price that varies, is missing or unreadable makes the cost unknown, not zero', () => {
    for (const prompt of ['-1', undefined, 'soon']) {
      assert.deepEqual(trueCost(tokens, { prompt, completion: '0' }, 0), { state: 'unknown' });
    }
    assert.deepEqual(trueCost(tokens, undefined, 0), { state: 'unknown' });
    assert.deepEqual(trueCost({ promptTokens: 5 }, pricing, 0), { state: 'unknown' });
    assert.deepEqual(trueCost(undefined, pricing, 0), { state: 'unknown' });
  });

  test('a free table price is free', () => {
    assert.equal(trueCost(tokens, { prompt: '0', completion: '0' }, 0).state, 'free');
  });

  test('a negative bill is no bill', () => {
    assert.equal(trueCost({ costUsd: '-1' }, undefined, 0).state, 'unknown');
  });

  test('what the server states afterwards is settled, and free when zero', () => {
    assert.deepEqual(settledCost({ costUsd: '0.02' }, undefined, 0), { state: 'settled', usd: '0.02' });
    assert.equal(settledCost({ costUsd: '0' }, undefined, 0).state, 'free');
    assert.equal(settledCost({}, undefined, 0).state, 'unknown');
  });
});

suite('endedCost', () => {
  const failed = (kind: 'rateLimited' | 'stalled', generationId?: string): Answer => ({
    ...emptyAnswer,
    status: 'failed',
    ending: { outcome: 'failed', failure: { kind, generationId }, durationMs: 1 },
  });

  test('without usage an answer with a generation id is pending', () => {
    assert.deepEqual(endedCost({ ...emptyAnswer, generationId: 'gen-1' }, pricing, 0), { state: 'pending' });
    assert.deepEqual(endedCost(failed('rateLimited', 'gen-1'), pricing, 0), { state: 'pending' });
  });

  test('a request that was refused is free, one that may have run is unknown', () => {
    assert.deepEqual(endedCost(failed('rateLimited'), pricing, 0), { state: 'free', usd: '0' });
    assert.deepEqual(endedCost(failed('stalled'), pricing, 0), { state: 'unknown' });
    assert.deepEqual(endedCost(emptyAnswer, pricing, 0), { state: 'unknown' });
  });

  test('a failure of the network is free only when the request never left', () => {
    const network = (more: Partial<Failure>): Answer => ({
      ...emptyAnswer,
      ending: { outcome: 'failed', failure: { kind: 'network', ...more }, durationMs: 1 },
    });
    assert.deepEqual(endedCost(network({ neverLeft: true }), pricing, 0), { state: 'free', usd: '0' });
    assert.deepEqual(endedCost(network({ httpStatus: 407 }), pricing, 0), { state: 'free', usd: '0' });
    assert.deepEqual(endedCost(network({}), pricing, 0), { state: 'unknown' });
  });

  test('what happened to other tries counts too, and so does text that came before the failure', () => {
    const ended = (ending: Partial<Ending>): Answer => ({
      ...emptyAnswer,
      ending: { outcome: 'failed', failure: { kind: 'rateLimited' }, durationMs: 1, ...ending },
    });
    assert.equal(endedCost(ended({ nothingRan: false }), pricing, 0).state, 'unknown');
    assert.equal(endedCost(ended({ ttftMs: 5 }), pricing, 0).state, 'unknown');
    const stopped = { outcome: 'cancelled', failure: undefined } as const;
    assert.equal(endedCost(ended({ ...stopped, nothingRan: true }), pricing, 0).state, 'free');
    assert.equal(endedCost(ended(stopped), pricing, 0).state, 'unknown');
  });

  test('a bill counts however the request ended', () => {
    const answer = { ...failed('stalled', 'gen-1'), usage: { costUsd: '0.5' } };
    assert.deepEqual(endedCost(answer, pricing, 0), { state: 'billed', usd: '0.5' });
  });
});
