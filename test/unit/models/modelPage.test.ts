import assert from 'node:assert/strict';
import { ModelDetails } from '../../../src/app/models/modelDetails';
import type { EndpointFacts } from '../../../src/core/models/excludingRules';
import type { Model } from '../../../src/core/models/model';
import { modelPage } from '../../../src/core/models/modelPage';
import { parseEndpoints } from '../../../src/openrouter/wire/catalogue';
import { FakeSettings } from '../../support/fakeSettings';
import { makeModel } from '../../support/models';

const full: Model = makeModel({
  id: 'acme/m1',
  name: 'Acme: M1',
  description: 'Good at sums.',
  contextTokens: 200_000,
  maxCompletionTokens: 8000,
  pricing: {
    prompt: '0.000003',
    completion: '0.000015',
    inputCacheRead: '0.0000003',
    request: '0.01',
    overrides: [{ minPromptTokens: 100_000, pricing: { prompt: '0.000006' } }],
  },
  reasoning: { isMandatory: false, efforts: ['high', 'low'], defaultEffort: 'low' },
  benchmarks: {
    codingIndex: 62.5,
    designArena: [{ arena: 'models', category: 'website', elo: 1200, rank: 3 }],
  },
  expirationDate: '2027-01-31',
});

const endpoint: EndpointFacts = {
  provider: 'Acme Cloud',
  tag: 'acme',
  quantization: 'fp8',
  pricing: full.pricing,
  keepsNothing: true,
  live: { contextTokens: 128_000, uptimePercent: 99.94, latencyMs: 420, tokensPerSecond: 88.4 },
};

suite('The page of a model', () => {
  test('has every price, conditions included, to the last digit', () => {
    const page = modelPage(full, []);
    for (const line of [
      '| Input | $3 per million tokens |',
      '| Output | $15 per million tokens |',
      '| Input read from a cache | $0.3 per million tokens |',
      '| Each request | $0.01 |',
      '- prompts of more than 100,000 tokens: input $6 per million tokens',
      '**Goes away on 2027-01-31.**',
    ])
      assert.ok(page.replaceAll('\\', '').includes(line), `${line}\n${page}`);
  });

  test('names the source of each score, and has none of its own', () => {
    const page = modelPage(full, []).replaceAll('\\', '');
    assert.match(page, /\| Coding \| 62\.5 \| Artificial Analysis \|/);
    assert.match(page, /\| website \| Elo 1200, rank 3 \| Design Arena \|/);
    assert.doesNotMatch(modelPage(makeModel({}), []), /Quality|undefined|NaN/);
  });

  test('has a row for each provider, with dashes for what is not told', () => {
    const page = modelPage(full, [endpoint, { pricing: { prompt: '0', completion: '0' } }]).replaceAll(
      '\\',
      '',
    );
    assert.match(page, /\| Acme Cloud \| \$3 in, .*\| 128K \| fp8 \| 99\.9 % \| 0\.42 s \| 88 \| nothing \|/);
    assert.match(page, /\| unknown \| Free \| – \| – \| – \| – \| – \| – \|/);
    assert.match(modelPage(full, undefined), /could not be looked up/);
  });

  test('makes no markup of a server’s words', () => {
    const hostile = makeModel({ name: '[x](command:evil)', description: '<img src=x>\n# Title | a | b' });
    const page = modelPage(hostile, [{ ...endpoint, provider: 'a | b](command:evil)' }]);
    assert.doesNotMatch(page, /(?<!\\)\]\(|(?<!\\)<img|\n# Title/);
  });

  test('reads what endpoints tell of the last hours, and only what can be', () => {
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
    assert.deepEqual(good?.live, {
      contextTokens: 4096,
      uptimePercent: 99.5,
      latencyMs: 300,
      tokensPerSecond: 50,
    });
    assert.equal(bad?.live, undefined);
  });
});

suite('Show Model Details', () => {
  const shown: string[] = [];
  const details = new ModelDetails(
    { find: async id => (id === 'acme/m1' ? full : undefined) },
    { of: async () => [endpoint] },
    new FakeSettings(),
    {
      wait: <T>(_: string, task: Promise<T>) => task as Promise<T | undefined>,
      warn: async text => void shown.push(text),
    },
    { showText: async (title, text) => void shown.push(`${title}: ${text.length > 200}`) },
  );
  setup(() => {
    shown.length = 0;
  });

  test('shows the model in force, or the one that is named', async () => {
    await details.show();
    await details.show('acme/m1');
    assert.deepEqual(shown, ['Acme: M1: true', 'Acme: M1: true']);
  });

  test('says what is wrong with an id', async () => {
    await details.show({ a: 1 });
    await details.show('acme/unknown');
    assert.match(shown[0] ?? '', /no model id/);
    assert.match(shown[1] ?? '', /does not know acme\/unknown/);
  });
});
