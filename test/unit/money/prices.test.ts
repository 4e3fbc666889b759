import assert from 'node:assert/strict';
import { priceAt } from '../../../src/core/money/priceAt';
import { answerPrice, isFree, isVarying, perMillion, priceRange } from '../../../src/core/money/priceText';
import type { PriceOverride } from '../../../src/core/money/pricing';

const at = (time: string, day = '2026-08-03') => Date.parse(`${day}T${time}:00Z`);
const override = (conditions: Partial<PriceOverride>, prompt = '9'): PriceOverride => ({
  ...conditions,
  pricing: { prompt },
});
const promptAt = (overrides: readonly PriceOverride[], promptTokens: number, atMs = 0) =>
  priceAt({ prompt: '1', completion: '2', overrides }, { promptTokens, atMs }).prompt;

suite('Conditional prices', () => {
  test('a token threshold holds for strictly more tokens', () => {
    const overrides = [override({ minPromptTokens: 200 })];
    assert.equal(promptAt(overrides, 200), '1');
    assert.equal(promptAt(overrides, 201), '9');
  });

  test('a window of the day includes its start and not its end', () => {
    const overrides = [override({ utcStart: '0830', utcEnd: '1700' })];
    assert.deepEqual(
      ['08:29', '08:30', '16:59', '17:00'].map(time => promptAt(overrides, 1, at(time))),
      ['1', '9', '9', '1'],
    );
  });

  test('a window may run over midnight', () => {
    const overrides = [override({ utcStart: '1630', utcEnd: '0030' })];
    assert.deepEqual(
      ['16:29', '16:30', '23:59', '00:29', '00:30'].map(time => promptAt(overrides, 1, at(time))),
      ['1', '9', '9', '9', '1'],
    );
  });

  test('days are UTC days, 0 being Sunday', () => {
    const overrides = [override({ utcDays: [1] })];
    assert.equal(promptAt(overrides, 1, at('12:00', '2026-08-03')), '9');
    assert.equal(promptAt(overrides, 1, at('12:00', '2026-08-04')), '1');
  });

  test('the last match wins, field by field', () => {
    const prices = priceAt(
      {
        prompt: '1',
        completion: '2',
        overrides: [
          { minPromptTokens: 10, pricing: { prompt: '3', completion: '4' } },
          { minPromptTokens: 20, pricing: { prompt: '5', completion: undefined } },
          { minPromptTokens: 30, pricing: { prompt: '7' } },
        ],
      },
      { promptTokens: 25, atMs: 0 },
    );
    assert.deepEqual(prices, { prompt: '5', completion: '4' });
  });

  test('overrides with unknown or unreadable conditions are skipped', () => {
    assert.equal(promptAt([override({ hasUnknownCondition: true })], 1), '1');
    assert.equal(promptAt([override({ utcStart: 'noon' })], 1), '1');
    assert.equal(promptAt([override({ utcStart: '0000', utcEnd: '2561' })], 1), '1');
  });
});

suite('Price texts', () => {
  test('prices per million are exact', () => {
    const cases: readonly (readonly [string | undefined, string | undefined])[] = [
      ['0.000003', '3'],
      ['0.00000015', '0.15'],
      ['0.0000007098', '0.7098'],
      ['0.00000004815', '0.04815'],
      ['1e-7', '0.1'],
      ['0.0001', '100'],
      ['0', 'free'],
      ['-1', 'varies'],
      ['?', undefined],
      [undefined, undefined],
    ];
    for (const [text, shown] of cases) assert.equal(perMillion(text), shown);
  });

  test('free means that prompt, completion and request are all zero', () => {
    assert.equal(isFree({ prompt: '0', completion: '0' }), true);
    assert.equal(isFree({ prompt: '0', completion: '0.0', request: '0' }), true);
    assert.equal(isFree({ prompt: '0', completion: '0', request: '0.01' }), false);
    assert.equal(isFree({ prompt: '0', completion: '0.1' }), false);
    assert.equal(isFree({ prompt: '-1', completion: '-1' }), false);
    assert.equal(isFree({ prompt: '0' }), false);
    const overrides = [{ minPromptTokens: 5, pricing: { completion: '1' } }];
    assert.equal(isFree({ prompt: '0', completion: '0', overrides }), false);
  });

  test('a model is free only when nothing it may be billed for costs anything', () => {
    const free = { prompt: '0', completion: '0' };
    assert.equal(isFree({ ...free, internalReasoning: '0.000001' }), false);
    assert.equal(isFree({ ...free, inputCacheWrite: '0.000001' }), false);
    assert.equal(isFree({ ...free, inputCacheRead: '0', internalReasoning: '0.0' }), true);
    assert.equal(isFree({ ...free, searchUsd: '0.02' }), false);
    assert.equal(isFree({ ...free, request: '?' }), false);
    const overrides = [{ hasUnknownCondition: true, pricing: { prompt: '0.0001' } }];
    assert.equal(isFree({ ...free, overrides }), false);
  });

  test('a negative price varies', () => {
    assert.equal(isVarying({ prompt: '-1', completion: '-1' }), true);
    assert.equal(isVarying({ prompt: '0', completion: '1' }), false);
  });
});

suite('priceRange', () => {
  const pricing = { prompt: '0.000003', completion: '0.000015', request: '0.001' };

  test('runs from an empty answer to a full one', () => {
    assert.deepEqual(priceRange(pricing, 1000, 100, 0), { minPico: 4_000_000_000n, maxPico: 5_500_000_000n });
  });

  test('its top takes the highest price a token can get, its bottom the cheapest', () => {
    const cached = {
      ...pricing,
      inputCacheRead: '0.000001',
      inputCacheWrite: '0.000004',
      internalReasoning: '0.00002',
    };
    assert.deepEqual(priceRange(cached, 1000, 100, 0), { minPico: 2_000_000_000n, maxPico: 7_000_000_000n });
  });

  test('there is none when the price varies or is not known', () => {
    assert.equal(priceRange({ prompt: '-1', completion: '-1' }, 1, 1, 0), undefined);
    assert.equal(priceRange({ prompt: '0.1' }, 1, 1, 0), undefined);
  });

  test('M8: its top covers a price under a condition that we do not know', () => {
    const tier = { prompt: '0.000001', completion: '0.000002' };
    const unknown = { hasUnknownCondition: true, pricing: { prompt: '0.0001', completion: '0.0002' } };
    const range = priceRange({ ...tier, overrides: [unknown] }, 100, 4096, 0);
    assert.deepEqual(range, { minPico: 100_000_000n, maxPico: 829_200_000_000n });
    assert.equal(answerPrice({ ...tier, overrides: [unknown] }, 100, 10, 0), 2_000_000_000n);
  });

  test('a condition that cannot be read is one that we do not know, and one that does not hold is none', () => {
    const most = (override: Omit<PriceOverride, 'pricing'>, promptTokens = 1000) =>
      priceRange(
        { ...pricing, request: '0', overrides: [{ ...override, pricing: { prompt: '1' } }] },
        promptTokens,
        0,
        at('12:00'),
      )?.maxPico;
    const [usual, high] = [3_000_000_000n, 1000n * 10n ** 12n];
    assert.equal(most({ utcStart: 'noon' }), high);
    assert.equal(most({ utcDays: [-1] }), high);
    assert.equal(most({ utcDays: [-1], utcStart: '0100', utcEnd: '0200' }), usual);
    assert.equal(most({ hasUnknownCondition: true, minPromptTokens: 1000 }), usual);
    assert.equal(most({ hasUnknownCondition: true, minPromptTokens: 999 }), high);
    assert.equal(most({ hasUnknownCondition: true, utcDays: [0] }), usual);
  });

  test('a lower price under an unknown condition lowers nothing, and one that varies is no bound', () => {
    const withOverride = (prompt: string) =>
      priceRange(
        { ...pricing, overrides: [{ hasUnknownCondition: true, pricing: { prompt } }] },
        1000,
        100,
        0,
      );
    assert.deepEqual(withOverride('0'), priceRange(pricing, 1000, 100, 0));
    assert.equal(withOverride('-1'), undefined);
  });

  test('its top has the search that the model id asks for, and what it adds to the prompt', () => {
    const searching = { prompt: '0.000001', completion: '0', searchUsd: '0.02' };
    assert.deepEqual(priceRange(searching, 1000, 100, 0), {
      minPico: 1_000_000_000n,
      maxPico: 31_000_000_000n,
    });
    assert.equal(answerPrice({ ...searching, prompt: '0' }, 1000, 100, 0), 20_000_000_000n);
  });
});
