import assert from 'node:assert/strict';
import type { SkippedRow } from '../../../src/core/models/model';
import { findModel } from '../../../src/core/models/modelId';
import { describePrice } from '../../../src/core/models/modelRow';
import { priceAt } from '../../../src/core/money/priceAt';
import { perMillion } from '../../../src/core/money/priceText';
import type { Pricing } from '../../../src/core/money/pricing';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { recordings, trafficSources } from '../../support/openrouter/traffic';

/** USD per million tokens, as read from the recorded catalogue by hand. */
interface Checked {
  readonly prompt: string;
  readonly completion: string;
  readonly inputCacheRead?: string;
  readonly inputCacheWrite?: string;
  readonly inputCacheWrite1h?: string;
  readonly audio?: string;
}

/** Each at a prompt of so many tokens. */
const checked: readonly (readonly [id: string, promptTokens: number, Checked])[] = [
  [
    'google/gemini-2.5-pro-preview',
    200_000,
    { prompt: '1.25', completion: '10', inputCacheRead: '0.125', inputCacheWrite: '0.375', audio: '1.25' },
  ],
  [
    'google/gemini-2.5-pro-preview',
    200_001,
    { prompt: '2.5', completion: '15', inputCacheRead: '0.25', inputCacheWrite: '0.375', audio: '2.5' },
  ],
  ['qwen/qwen3.6-max-preview', 1, { prompt: '1.04', completion: '6.24', inputCacheWrite: '1.3' }],
  ['qwen/qwen3.6-max-preview', 128_001, { prompt: '1.6', completion: '9.6', inputCacheWrite: '2' }],
  ['bytedance-seed/seed-2.0-lite', 128_000, { prompt: '0.25', completion: '2' }],
  ['bytedance-seed/seed-2.0-lite', 200_000, { prompt: '0.5', completion: '4' }],
  [
    'qwen/qwen3-max',
    32_000,
    { prompt: '0.78', completion: '3.9', inputCacheRead: '0.156', inputCacheWrite: '0.975' },
  ],
  [
    'qwen/qwen3-max',
    32_001,
    { prompt: '1.56', completion: '7.8', inputCacheRead: '0.312', inputCacheWrite: '1.95' },
  ],
  [
    'qwen/qwen3-max',
    128_001,
    { prompt: '1.95', completion: '9.75', inputCacheRead: '0.39', inputCacheWrite: '2.4375' },
  ],
  [
    'openai/gpt-5.6-luna',
    272_000,
    { prompt: '1', completion: '6', inputCacheRead: '0.1', inputCacheWrite: '1.25' },
  ],
  [
    'openai/gpt-5.6-luna',
    300_000,
    { prompt: '2', completion: '9', inputCacheRead: '0.2', inputCacheWrite: '2.5' },
  ],
  ['qwen/qwen3.6-flash', 1, { prompt: '0.1875', completion: '1.125', inputCacheWrite: '0.234375' }],
  ['qwen/qwen3.6-flash', 256_001, { prompt: '0.75', completion: '3', inputCacheWrite: '0.9375' }],
  ['openrouter/auto-beta', 1, { prompt: 'varies', completion: 'varies' }],
  ['openrouter/fusion', 1, { prompt: 'varies', completion: 'varies' }],
  [
    'google/gemini-3.5-flash-lite',
    1,
    {
      prompt: '0.3',
      completion: '2.5',
      inputCacheRead: '0.03',
      inputCacheWrite: '0.08333333333333334',
      audio: '0.3',
    },
  ],
  [
    '~google/gemini-pro-latest',
    200_001,
    { prompt: '4', completion: '18', inputCacheRead: '0.4', inputCacheWrite: '0.375', audio: '4' },
  ],
  ['poolside/laguna-s-2.1:free', 1, { prompt: 'free', completion: 'free' }],
  ['nvidia/nemotron-3-ultra-550b-a55b:free', 1, { prompt: 'free', completion: 'free' }],
  ['morph/morph-v3-fast', 1, { prompt: '0.8', completion: '1.2' }],
  [
    'anthropic/claude-sonnet-4.6',
    900_000,
    { prompt: '3', completion: '15', inputCacheRead: '0.3', inputCacheWrite: '3.75', inputCacheWrite1h: '6' },
  ],
  [
    'anthropic/claude-sonnet-4.5',
    200_001,
    {
      prompt: '6',
      completion: '22.5',
      inputCacheRead: '0.6',
      inputCacheWrite: '7.5',
      inputCacheWrite1h: '12',
    },
  ],
  ['google/gemma-3-27b-it', 1, { prompt: '0.08', completion: '0.45', inputCacheRead: '0.04' }],
  ['minimax/minimax-01', 1, { prompt: '0.2', completion: '1.1' }],
  ['qwen/qwen3.5-plus-02-15', 256_001, { prompt: '0.325', completion: '1.95' }],
  ['qwen/qwen3.5-9b', 1, { prompt: '0.1', completion: '0.15' }],
  ['openai/gpt-5.2-codex', 1, { prompt: '1.75', completion: '14', inputCacheRead: '0.175' }],
  ['qwen/qwen3.6-plus', 1, { prompt: '0.325', completion: '1.95', inputCacheWrite: '0.40625' }],
  ['xiaomi/mimo-v2.5', 1, { prompt: '0.14', completion: '0.28', inputCacheRead: '0.0028' }],
  ['moonshotai/kimi-k2.7-code', 1, { prompt: '0.75', completion: '3.5', inputCacheRead: '0.15' }],
  ['qwen/qwen3.6-35b-a3b', 1, { prompt: '0.14', completion: '1' }],
];

const fields = [
  'prompt',
  'completion',
  'inputCacheRead',
  'inputCacheWrite',
  'inputCacheWrite1h',
  'audio',
] as const;

suite('prices of the recorded catalogue', () => {
  for (const [id, promptTokens, expected] of checked) {
    test(`are right to the last digit: ${id} at ${promptTokens} tokens`, function () {
      if (!recordings) return this.skip();
      const models = parseCatalogue(JSON.parse(recordings.traffic.catalogue())) ?? [];
      const pricing = findModel(models, id)?.pricing ?? assert.fail(`${id} is not listed`);
      const prices: Pricing = priceAt(pricing, { promptTokens, atMs: 0 });
      const shown = fields.map(field => [field, perMillion(prices[field])] as const);
      assert.deepEqual(Object.fromEntries(shown.filter(([, price]) => price !== undefined)), expected);
    });
  }

  test('31 of them were looked up by hand', () => assert.equal(checked.length, 31));

  test('are shown as they are, whatever they depend on', function () {
    if (!recordings) return this.skip();
    const models = parseCatalogue(JSON.parse(recordings.traffic.catalogue())) ?? [];
    const shown = (id: string) => describePrice(findModel(models, id)?.pricing ?? {});
    assert.equal(shown('qwen/qwen3.6-flash'), '$0.1875 in, $1.125 out per 1M tokens');
    assert.equal(shown('openrouter/fusion'), 'Price varies with the model that answers');
    assert.equal(shown('poolside/laguna-s-2.1:free'), 'Free');
  });
});

for (const { name, traffic } of trafficSources) {
  suite(`rows of the catalogues of the ${name}`, () => {
    const recorded = traffic.recordings.filter(({ kind }) => kind === 'models');
    const bodies = [
      ['the whole one', traffic.catalogue()] as const,
      ...recorded.map(each => [each.name, each.response.body] as const),
    ];
    for (const [which, text] of bodies) {
      test(`are each read, or left out with a reason: ${which}`, () => {
        const body: { readonly data: readonly { readonly id: string }[] } = JSON.parse(text);
        const skipped: SkippedRow[] = [];
        const models = parseCatalogue(body, row => skipped.push(row)) ?? [];
        const seen = [...models, ...skipped].map(({ id }) => id);
        assert.deepEqual(seen.toSorted(), body.data.map(({ id }) => id).toSorted());
        assert.ok(skipped.every(({ reason }) => reason !== ''));
      });
    }
  });
}
