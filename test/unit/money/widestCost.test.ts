import assert from 'node:assert/strict';
import type { CostEstimate } from '../../../src/core/money/estimate';
import { widestCost } from '../../../src/core/money/widestCost';

const tokens = { tokens: 10, lowTokens: 8, highTokens: 12, basis: 'none' } as const;
const cost = (minPico?: bigint, maxPico?: bigint, isFree = false): CostEstimate => ({
  tokens,
  isFree,
  minPico,
  maxPico,
});

suite('The cost of a request that several models may answer', () => {
  test('is from the least of the cheapest to the most of the dearest', () => {
    assert.deepEqual(widestCost([cost(5n, 9n), cost(2n, 3n), cost(7n, 40n)]), cost(2n, 40n));
  });

  test('is not known when that of one model is not', () => {
    assert.deepEqual(widestCost([cost(5n, 9n), cost()]), cost());
  });

  test('is nothing only when all are free', () => {
    assert.equal(widestCost([cost(0n, 0n, true), cost(0n, 4n)]).isFree, false);
    assert.equal(widestCost([cost(0n, 0n, true), cost(0n, 0n, true)]).isFree, true);
  });
});
