import assert from 'node:assert/strict';
import {
  dearestOf,
  dearestPrices,
  fromMaxPrice,
  isWithin,
  raisedMaxPrice,
  toMaxPrice,
  worstCost,
} from '../../../src/core/money/priceBound';
import type { PriceOverride, Pricing } from '../../../src/core/money/pricing';
import { mostPromptTokens } from '../../../src/core/money/promptBound';
import { Random } from '../ledger/random';

const noon = Date.UTC(2026, 7, 3, 12);
const minuteMs = 60_000;
const span = (promptTokens: number, minutes = 10) => ({
  promptTokens,
  fromMs: noon,
  untilMs: noon + minutes * minuteMs,
});
const priced = (overrides: readonly PriceOverride[] = []): Pricing => ({
  prompt: '0.000001',
  completion: '0.000002',
  overrides,
});
const dearer = { prompt: '0.000003', completion: '0.000005' };
const cheaper = { prompt: '0.0000005' };
const promptOf = (overrides: readonly PriceOverride[], promptTokens = 100, minutes = 10) =>
  dearestPrices(priced(overrides), span(promptTokens, minutes))?.prompt;

suite('Price bounds', () => {
  test('a step for long prompts counts as soon as the prompt may be so long', () => {
    const step = { minPromptTokens: 200, pricing: dearer };
    assert.deepEqual(
      [200, 201].map(tokens => promptOf([step], tokens)),
      ['0.000001', '0.000003'],
    );
    assert.equal(promptOf([{ minPromptTokens: 200, pricing: cheaper }], 500), '0.000001');
  });

  test('a window counts when it may begin or end meanwhile; a discount only where it is sure to hold', () => {
    const window = (utcStart: string, utcEnd: string, pricing = dearer) => [{ utcStart, utcEnd, pricing }];
    assert.equal(promptOf(window('1210', '1300')), '0.000003');
    assert.equal(promptOf(window('1211', '1300')), '0.000001');
    assert.equal(promptOf(window('1100', '1201')), '0.000003');
    assert.equal(promptOf(window('1100', '1200')), '0.000001');
    const discount = { ...dearer, ...cheaper };
    assert.equal(promptOf(window('1100', '1300', discount)), '0.0000005');
    assert.equal(promptOf(window('1100', '1205', discount)), '0.000001');
    assert.equal(promptOf([{ hasUnknownCondition: true, pricing: dearer }]), '0.000003');
    assert.equal(promptOf([{ hasUnknownCondition: true, pricing: cheaper }]), '0.000001');
  });

  test('a later step replaces an earlier one only where it is sure to hold', () => {
    const always = { utcStart: '0000', utcEnd: '2400', pricing: cheaper };
    const maybe = { minPromptTokens: 10, pricing: dearer };
    assert.equal(promptOf([maybe, always]), '0.0000005');
    assert.equal(promptOf([always, maybe]), '0.000003');
  });

  test('a price that varies, is not named or cannot be read has no bound', () => {
    for (const pricing of [
      {},
      { prompt: '1' },
      { prompt: '-1', completion: '-1' },
      { ...priced(), request: '-1' },
      priced([{ minPromptTokens: 10, pricing: { prompt: '-1' } }]),
    ]) {
      assert.equal(dearestPrices(pricing, span(100)), undefined);
    }
  });

  test('of several lists each price is the highest', () => {
    assert.deepEqual(
      dearestOf([
        { prompt: '1', request: '0.01' },
        { prompt: '0.5', completion: '2' },
      ]),
      {
        prompt: '1',
        request: '0.01',
        completion: '2',
      },
    );
  });

  test('go over the wire as decimal text in USD per million tokens, per request and per image', () => {
    assert.deepEqual(toMaxPrice({ prompt: '0.00000015', completion: '0.0000006' }), {
      prompt: '0.15',
      completion: '0.6',
      request: '0',
    });
    assert.deepEqual(toMaxPrice({ prompt: '0', completion: '1e-7', request: '0.005', image: '0.0011' }), {
      prompt: '0',
      completion: '0.1',
      request: '0.005',
      image: '0.0011',
    });
  });

  test('are never below the price where a server counts in floating point', () => {
    const random = new Random(5);
    for (let round = 0; round < 2000; round++) {
      const text = `0.${'0'.repeat(5 + random.below(4))}${1 + random.below(99_999)}`;
      const cap = Number(toMaxPrice({ prompt: text, completion: '0' }).prompt);
      assert.ok(Number(text) * 1e6 <= cap && Number(text) <= cap / 1e6, text);
      assert.ok(cap - Number(text) * 1e6 < 1.1e-6, text);
    }
    assert.equal(toMaxPrice({ prompt: '0.0000002002', completion: '0' }).prompt, '0.200201');
  });

  test('let endpoints of the same prices serve, and none that asks for more of anything', () => {
    const maxPrice = toMaxPrice({ ...priced(), request: '0.001' });
    assert.ok(isWithin({ ...priced(), request: '0.001' }, maxPrice));
    assert.ok(isWithin(fromMaxPrice(maxPrice), maxPrice));
    assert.ok(!isWithin({ ...priced(), request: '0.002' }, maxPrice));
    assert.ok(!isWithin({ ...priced(), completion: '0.0000021' }, maxPrice));
  });

  test('the worst case counts cache writes, reasoning, images, the request, and the fee for a key of one’s own', () => {
    const prices = { prompt: '0.000001', completion: '0.000002', request: '0.01' };
    const pico = (more: Pricing) => worstCost({ ...prices, ...more }, 1000, 100);
    assert.equal(pico({}), 11_760_000_000n);
    assert.equal(pico({ inputCacheWrite: '0.000002' }), 12_810_000_000n);
    assert.equal(pico({ internalReasoning: '0.000004' }), 11_970_000_000n);
    assert.equal(pico({ imageOutput: '0.03' }), 3_161_550_000_000n);
    assert.equal(worstCost({ ...prices, imageOutput: '-1' }, 1000, 100), undefined);
    assert.equal(worstCost({ prompt: '0', completion: '0' }, 1000, 100), 0n);
  });

  test('can be raised unless they are zero', () => {
    const maxPrice = { prompt: '0.5', completion: '2', request: '0' };
    assert.deepEqual(raisedMaxPrice(maxPrice, 200n), { prompt: '1', completion: '4', request: '0' });
    assert.equal(raisedMaxPrice({ prompt: '0', completion: '0', request: '0' }, 200n), undefined);
  });

  test('a prompt has at most a token for each of its bytes, and some for its frame', () => {
    const tokens = (content: string) =>
      mostPromptTokens([{ role: 'user', content }]) - mostPromptTokens([{ role: 'user', content: '' }]);
    for (const text of ['abc', 'ü', '漢字', '🙂', '\ud800'])
      assert.ok(tokens(text) >= Buffer.byteLength(text), text);
    assert.equal(tokens('abcü漢'), 8);
  });
});
