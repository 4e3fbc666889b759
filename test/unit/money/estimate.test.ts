import assert from 'node:assert/strict';
import {
  affordableMaxTokens,
  correctEstimate,
  estimateCost,
  estimatePromptTokens,
  estimateTokens,
  quantile,
} from '../../../src/core/money/estimate';
import { answerPrice } from '../../../src/core/money/priceText';
import { estimatorError } from '../../support/estimatorError';
import { findTraffic } from '../../support/simulator/replay/findTraffic';

const counts = (ratios: readonly number[]) =>
  ratios.map(ratio => ({ model: 'acme/m1', promptTokens: 100 * ratio, estimatedPromptTokens: 100 }));
const pricing = { prompt: '0.000003', completion: '0.000015' };

suite('Estimate', () => {
  test('longer text has more tokens, and a request more than its text', () => {
    assert.ok(estimateTokens('const a = 1;'.repeat(50)) > 10 * estimateTokens('const a = 1;'));
    assert.equal(estimateTokens(''), 0);
    assert.ok(estimatePromptTokens([{ role: 'user', content: 'Hello' }]) > estimateTokens('Hello'));
  });

  test('is corrected by the model’s median, else the family’s, else not at all', () => {
    assert.deepEqual(correctEstimate(200, [], []).tokens, 200);
    const ofFamily = correctEstimate(200, [], counts([2, 2, 2, 2, 2]));
    assert.deepEqual(ofFamily, { tokens: 400, lowTokens: 400, highTokens: 400, basis: 'family' });
    const ofModel = correctEstimate(200, counts([1.1, 1.2, 1.2, 9]), counts([2, 2, 2, 2, 2]));
    assert.deepEqual([ofModel.tokens, ofModel.basis], [240, 'model']);
  });

  test('one odd request moves the next only half way, and few of a family not at all', () => {
    assert.deepEqual(correctEstimate(200, counts([3])), {
      tokens: 400,
      lowTokens: 280,
      highTokens: 520,
      basis: 'model',
    });
    assert.equal(correctEstimate(200, [], counts([3, 3, 3, 3])).basis, 'none');
  });

  test('its range is what was seen, once enough was', () => {
    const { lowTokens, highTokens } = correctEstimate(100, counts([1, 1.1, 1.1, 1.1, 1.2]));
    assert.ok(lowTokens >= 100 && highTokens <= 120, `${lowTokens}–${highTokens}`);
  });

  test('samples without tokens teach nothing', () => {
    assert.equal(
      correctEstimate(10, [{ model: 'acme/m1', promptTokens: 5, estimatedPromptTokens: 0 }]).basis,
      'none',
    );
  });

  test('a price runs from the fewest tokens and no answer to the most and a full one', () => {
    const tokens = { tokens: 1000, lowTokens: 900, highTokens: 1100, basis: 'model' } as const;
    const cost = estimateCost(tokens, 100, pricing, 0);
    assert.deepEqual([cost.minPico, cost.maxPico], [2_700_000_000n, 4_800_000_000n]);
    assert.deepEqual(estimateCost(tokens, 100, undefined, 0), { tokens, isFree: false });
    assert.equal(estimateCost(tokens, 100, { prompt: '-1', completion: '-1' }, 0).maxPico, undefined);
  });

  test('money becomes the most tokens that cannot pass it', () => {
    const limit = 700_000_000n;
    const affordable = affordableMaxTokens(limit, 1100, 4096, pricing, 0) ?? -1;
    assert.equal(affordable, 46);
    assert.ok((answerPrice(pricing, 1100, affordable, 0) ?? 0n) <= limit);
    assert.ok((answerPrice(pricing, 1100, affordable + 1, 0) ?? 0n) > limit);
    assert.equal(affordableMaxTokens(10n ** 12n, 1100, 4096, pricing, 0), 4096);
    const perRequest = { ...pricing, request: '0.001' };
    assert.equal(affordableMaxTokens(limit, 1100, 4096, perRequest, 0), 0);
    assert.equal(affordableMaxTokens(limit, 1100, 4096, { prompt: '0', completion: '-1' }, 0), undefined);
    assert.equal(affordableMaxTokens(limit, 1100, 4096, {}, 0), undefined);
  });

  test('the price of an answer is the one that holds for its prompt, the prompt itself left out', () => {
    const long = { minPromptTokens: 1000, pricing: { prompt: '1', completion: '0.00003' } };
    const conditional = { ...pricing, internalReasoning: '0.00002', overrides: [long] };
    assert.equal(answerPrice(conditional, 1000, 100, 0), 2_000_000_000n);
    assert.equal(answerPrice(conditional, 1001, 100, 0), 3_000_000_000n);
  });

  test('quantiles are of the sorted values', () => {
    assert.equal(quantile([9, 1, 5], 0.5), 5);
    assert.equal(quantile([4, 2], 0.5), 3);
    assert.equal(quantile([], 0.5), undefined);
  });

  test('correction brings the estimate nearer to what recorded providers counted', function () {
    const folder = findTraffic();
    if (!folder) return this.skip();
    const { samples, before, after } = estimatorError(folder);
    assert.ok(samples >= 20, `${samples} samples`);
    assert.ok(after.median < before.median, `median ${before.median} → ${after.median}`);
    assert.ok(after.p90 < before.p90, `90th percentile ${before.p90} → ${after.p90}`);
  });
});
