import assert from 'node:assert/strict';
import { priceAt } from '../../../src/core/money/priceAt';
import { isFree, isVarying, perMillion, priceRange } from '../../../src/core/money/priceText';
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
});
