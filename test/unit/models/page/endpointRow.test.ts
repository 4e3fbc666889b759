import assert from 'node:assert/strict';
import type { ProviderRules } from '../../../../src/core/chat/providerRules';
import type { EndpointFacts } from '../../../../src/core/models/excludingRules';
import { toEndpointRow } from '../../../../src/core/models/page/endpointRow';
import { parseEndpoints } from '../../../../src/openrouter/wire/catalogue';
import { nowMs, sampleEndpoints } from '../../../support/modelPageWorld';

const rowOf = (endpoint: EndpointFacts | undefined, provider?: ProviderRules) =>
  toEndpointRow(endpoint ?? { pricing: {} }, { model: 'acme/m1', maxTokens: 100, provider }, nowMs);

suite('An endpoint on the page of a model', () => {
  const [acme, fp4, nameless] = sampleEndpoints;

  test('has its prices, the rest of them apart, and what it did lately', () => {
    const { input, output, otherPrices, ...row } = rowOf(acme);
    assert.deepEqual(
      [input?.price, output?.usd, otherPrices.map(({ lines }) => lines.length)],
      ['$3', '15', [8, 2, 1, 1]],
    );
    assert.deepEqual(row, {
      provider: 'Acme Cloud',
      tag: 'acme',
      contextTokens: 200_000,
      quantization: 'fp8',
      uptimePercent: 99.94,
      latencyMs: 420,
      tokensPerSecond: 88.4,
      keepsNothing: true,
      excludedBy: [],
      canBePinned: true,
    });
  });

  test('that tells nothing has nothing, and cannot be asked for by name', () => {
    const row = rowOf({ pricing: {} });
    assert.deepEqual(row, { provider: 'unknown', otherPrices: [], excludedBy: [], canBePinned: false });
    assert.equal(rowOf(nameless).input?.price, 'free');
  });

  test('says which of the user’s rules leave it out, and whether a pin would change that', () => {
    const judged = (rules: ProviderRules) => {
      const { excludedBy, canBePinned } = rowOf(fp4, rules);
      return [excludedBy, canBePinned];
    };
    assert.deepEqual(judged({ only: ['other'] }), [['only'], true]);
    assert.deepEqual(judged({ order: ['other'], allow_fallbacks: false }), [['order'], true]);
    assert.deepEqual(judged({ zdr: true }), [['zdr'], false]);
    assert.deepEqual(judged({ ignore: ['acme/fp4'] }), [['ignore'], false]);
    assert.deepEqual(judged({ only: ['acme'], sort: 'price' }), [[], true]);
  });

  test('has no hidden character of a server in its name', () => {
    assert.equal(rowOf({ provider: 'a\u202Eb', pricing: {} }).provider, 'a⟨U+202E⟩b');
  });

  test('has what the server tells of the last hours, and only what can be', () => {
    const [good, bad] =
      parseEndpoints({
        data: {
          endpoints: [
            {
              provider_name: 'A',
              context_length: 4096,
              uptime_last_1d: 99.5,
              latency_last_30m: { p50: 300 },
              throughput_last_30m: { p50: 50 },
              pricing: {},
            },
            { provider_name: 'B', uptime_last_1d: 999, latency_last_30m: null, pricing: {} },
          ],
        },
      }) ?? [];
    const { contextTokens, uptimePercent, latencyMs, tokensPerSecond } = rowOf(good);
    assert.deepEqual([contextTokens, uptimePercent, latencyMs, tokensPerSecond], [4096, 99.5, 300, 50]);
    assert.equal(rowOf(bad).uptimePercent, undefined);
  });
});
