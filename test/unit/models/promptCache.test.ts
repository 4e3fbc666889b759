import assert from 'node:assert/strict';
import { hintAt, timeLeft } from '../../../src/core/models/caching/cacheHint';
import { chooseCacheMark, followUpShare } from '../../../src/core/models/caching/cacheMark';
import { cachePolicy } from '../../../src/core/models/caching/cachePolicy';
import { type CacheTrial, type CacheUse, cacheTrials } from '../../../src/core/models/caching/cacheTrials';
import { likelyWarmth } from '../../../src/core/models/caching/cacheWarmth';
import { inputPrices } from '../../../src/core/models/caching/inputPrices';
import { readableTokens } from '../../../src/core/models/caching/readableTokens';
import { formatPico } from '../../../src/core/money/pico';

const minuteMs = 60_000;
const claude = 'anthropic/claude-sonnet-4.5';
const sonnet = {
  prompt: '0.000003',
  completion: '0.000015',
  inputCacheRead: '0.0000003',
  inputCacheWrite: '0.00000375',
};
const openai = cachePolicy('openai/gpt-5-mini', 'OpenAI');
const unknown = cachePolicy('acme/m1', 'Acme');
const calm = { asked: 1, others: 0 };

const trial = (minutes: number, isHit: boolean, changes: Partial<CacheTrial> = {}): CacheTrial => ({
  ...calm,
  cache: 'OpenAI openai',
  gapMs: minutes * minuteMs,
  isHit,
  left: 2000,
  read: isHit ? 1920 : 0,
  ...changes,
});
const trials = (count: number, minutes: number, isHit: boolean, changes: Partial<CacheTrial> = {}) =>
  Array.from({ length: count }, () => trial(minutes, isHit, changes));

suite('prompt caches', () => {
  test('what is documented is believed for its time, and no longer', () => {
    const at = (minutes: number) => likelyWarmth(minutes * minuteMs, calm, [], openai);
    assert.deepEqual(at(1), { state: 'warm', forMs: 5 * minuteMs, after: 'unknown' });
    assert.deepEqual(at(6), { state: 'unknown' });
    assert.deepEqual(at(61), { state: 'cold' });
    const marked = likelyWarmth(6 * minuteMs, calm, [], cachePolicy(claude, 'Anthropic'));
    assert.deepEqual(marked, { state: 'cold' });
  });

  test('where nothing is documented nothing is claimed before some hits', () => {
    const at = (hits: number) => likelyWarmth(minuteMs, calm, trials(hits, 4, true), unknown);
    assert.deepEqual(at(4), { state: 'unknown' });
    assert.deepEqual(at(5), { state: 'warm', forMs: 4 * minuteMs, after: 'unknown' });
  });

  test('hits beyond the documented time lengthen it', () => {
    const found = likelyWarmth(7 * minuteMs, calm, trials(12, 9, true), openai);
    assert.deepEqual(found, { state: 'warm', forMs: 9 * minuteMs, after: 'unknown' });
  });

  test('misses within it end the claim, for cases that are no easier', () => {
    const misses = trials(3, 2, false, { asked: 4 });
    assert.equal(likelyWarmth(3 * minuteMs, { asked: 5, others: 0 }, misses, openai).state, 'cold');
    const easier = [...misses, ...trials(8, 4, true)];
    assert.equal(likelyWarmth(minuteMs, calm, easier, openai).state, 'warm');
  });

  test('a trial is a later request of the same session to the same model', () => {
    const use = (sessionId: string, minutes: number, more: Partial<CacheUse> = {}): CacheUse => ({
      sessionId,
      startedAt: minutes * minuteMs,
      requestedModel: 'openai/gpt-5-mini',
      provider: 'OpenAI',
      promptTokens: 2000,
      cachedTokens: 0,
      ...more,
    });
    const uses = [
      use('a', 0),
      use('b', 1),
      use('a', 3, { promptTokens: 2300, cachedTokens: 1920 }),
      use('a', 9, { promptTokens: 2600, provider: 'Azure' }),
      // Too short to be kept: it leaves nothing.
      use('c', 10, { promptTokens: 900 }),
      use('c', 11, { promptTokens: 950 }),
    ];
    const found = cacheTrials(uses, 'OpenAI openai');
    assert.deepEqual(
      found.map(({ gapMs, asked, others, isHit }) => [gapMs / minuteMs, asked, others, isHit]),
      [
        [3, 1, 1, true],
        [6, 2, 0, false],
      ],
    );
  });

  test('hits show how long a step is', () => {
    assert.equal(readableTokens(2000, [], openai), 1920);
    assert.equal(readableTokens(2000, [], unknown), 1920);
    assert.equal(readableTokens(2000, [trial(1, true, { left: 1999, read: 1984 })], unknown), 1984);
    const inItsOwnWay = trials(3, 1, true, { left: 2000, read: 1700 });
    assert.equal(readableTokens(3000, inItsOwnWay, cachePolicy(claude, 'Anthropic')), 2550);
  });

  test('a follow-up is marked where the next question is likely enough to read it', () => {
    const policy = cachePolicy(claude, 'Anthropic');
    const at = { policy, prices: sonnet, promptTokens: 5000, isWarm: false, nextShare: 0.3 };
    assert.equal(chooseCacheMark(at), 'write');
    assert.equal(chooseCacheMark({ ...at, nextShare: 0.27 }), undefined);
    assert.equal(chooseCacheMark({ ...at, nextShare: 0.27, isWarm: true }), 'read');
    assert.equal(chooseCacheMark({ ...at, promptTokens: 1000 }), undefined);
    assert.equal(chooseCacheMark({ ...at, policy: openai }), undefined);
    const { inputCacheWrite: _, ...unpriced } = sonnet;
    assert.equal(chooseCacheMark({ ...at, prices: unpriced }), undefined);
  });

  test('which providers need a mark goes by the model', () => {
    const needsMark = (model: string, provider?: string) => cachePolicy(model, provider).needsMark;
    for (const model of [
      claude,
      '~anthropic/claude-opus-latest',
      'qwen/qwen3-max',
      'google/gemini-2.0-flash-001',
    ])
      assert.equal(needsMark(model, 'Google'), true, model);
    for (const model of ['google/gemini-2.5-flash', 'google/gemini-3-pro', 'openai/gpt-5', 'x-ai/grok-4'])
      assert.equal(needsMark(model), false, model);
    assert.equal(cachePolicy('anthropic/claude-haiku-4.5', 'Anthropic').leastTokens, 4096);
  });

  test('the habit of following up comes from the ledger', () => {
    const at = (sessionId: string, minutes: number) => ({ sessionId, startedAt: minutes * minuteMs });
    const share = (uses: Parameters<typeof followUpShare>[0], now = 1000) =>
      followUpShare(uses, 5 * minuteMs, now * minuteMs);
    assert.equal(share([]), 1 / 2);
    assert.equal(share([at('a', 0), at('b', 1)]), 1 / 2, 'first questions do not count');
    assert.equal(share([at('a', 0), at('a', 1)]), 1 / 3);
    assert.equal(share([at('a', 0), at('a', 1), at('a', 5)]), 2 / 4);
    assert.equal(share([at('a', 0), at('a', 1), at('a', 5)], 6), 2 / 3, 'the last may still be followed');
    assert.equal(share([at('a', 0), at('a', 1), at('a', 50)]), 1 / 4);
  });

  test('prices count what is read and what is written', () => {
    const price = (readable: number, mark?: 'write' | 'read') => {
      const prices = inputPrices({ promptTokens: 5000, readable, mark }, sonnet, 0);
      return prices && [formatPico(prices.warmPico), formatPico(prices.coldPico)];
    };
    assert.deepEqual(price(4000), ['0.0042', '0.015']);
    assert.deepEqual(price(4000, 'write'), ['0.00495', '0.01875']);
    assert.deepEqual(price(4000, 'read'), ['0.0042', '0.018']);
  });

  test('a countdown ends in what is likely then', () => {
    const hint = { state: 'warm', untilMs: 5000, after: 'cold', warmUsd: '1', coldUsd: '2' } as const;
    assert.equal(hintAt(hint, 4999).state, 'warm');
    assert.equal(hintAt(hint, 5000).state, 'cold');
    assert.deepEqual(
      [timeLeft(190_000, 0), timeLeft(1, 0), timeLeft(3_720_000, 0)],
      ['3:10', '0:01', '1:02:00'],
    );
  });
});
