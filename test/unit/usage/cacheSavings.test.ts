import assert from 'node:assert/strict';
import { formatPico } from '../../../src/core/money/pico';
import { sumCacheSavings } from '../../../src/core/usage/cacheSavings';
import { percentOf, percentText } from '../../../src/core/usage/share';

const tokens = (cachedTokens: number, cacheWriteTokens = 0) => ({ cachedTokens, cacheWriteTokens });

suite('Cache savings', () => {
  test('cached tokens save the difference between the prompt and the cache-read price, exactly', () => {
    const pricing = { prompt: '0.000003', inputCacheRead: '0.0000003' };
    const { savedPico } = sumCacheSavings([{ tokens: tokens(1_000_001), pricing }]);
    assert.equal(formatPico(savedPico), '2.7000027');
  });

  test('prices far below a picodollar still add up', () => {
    const pricing = { prompt: '0.00000000000015', inputCacheRead: '0.00000000000005' };
    const { savedPico } = sumCacheSavings([{ tokens: tokens(10_000_000_000_000), pricing }]);
    assert.equal(formatPico(savedPico), '1');
  });

  test('writing to a cache is told apart', () => {
    const pricing = { prompt: '0.000003', inputCacheRead: '0.0000003', inputCacheWrite: '0.00000375' };
    const { savedPico, writeExtraPico } = sumCacheSavings([{ tokens: tokens(0, 1000), pricing }]);
    assert.equal(savedPico, 0n);
    assert.equal(formatPico(writeExtraPico), '0.00075');
  });

  test('a model without a cache price saves nothing; one whose price varies or is unknown is counted', () => {
    const savings = sumCacheSavings([
      { tokens: tokens(500), pricing: { prompt: '0.000003' } },
      { tokens: tokens(500), pricing: { prompt: '-1', inputCacheRead: '-1' } },
      { tokens: tokens(500), pricing: undefined },
      { tokens: tokens(0), pricing: undefined },
    ]);
    assert.deepEqual(savings, { savedPico: 0n, writeExtraPico: 0n, unpricedModels: 2 });
  });
});

suite('Shares', () => {
  test('are percent with one decimal, and something is never shown as nothing', () => {
    assert.equal(percentOf(1n, 3n), 33.3);
    assert.equal(percentText(2n, 3n), '66.7 %');
    assert.equal(percentText(1n, 1_000_000n), '<0.1 %');
    assert.equal(percentText(0n, 5n), '0 %');
    assert.equal(percentText(0n, 0n), '0 %');
  });
});
