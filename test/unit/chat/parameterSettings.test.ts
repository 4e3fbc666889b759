import assert from 'node:assert/strict';
import { readParameters } from '../../../src/core/chat/parameterSettings';
import { readProviderRules } from '../../../src/core/chat/providerRules';
import { describeParameters, toWireFields } from '../../../src/core/chat/requestParameters';

const base = { model: 'acme/m1', maxTokens: 100 };

suite('Parameters in the settings', () => {
  const typed = {
    temperature: 0.2,
    top_p: 0.9,
    top_k: 40,
    min_p: 0.05,
    top_a: 0.1,
    frequency_penalty: -1,
    presence_penalty: 1,
    repetition_penalty: 1.1,
    seed: 7,
    stop: ['END', '###'],
    max_tokens: 500,
    service_tier: 'flex',
    reasoning: { effort: 'low' },
  };

  test('reach the wire under the names they were typed with', () => {
    const { parameters, unusable } = readParameters(typed);
    assert.deepEqual(unusable, []);
    assert.deepEqual(toWireFields({ ...base, ...parameters }), { ...typed, model: 'acme/m1' });
  });

  test('stand in words under "Sent"', () => {
    const { parameters } = readParameters({ temperature: 0, seed: 7, stop: 'END', reasoning: 'high' });
    assert.deepEqual(describeParameters({ ...base, ...parameters }).slice(2), [
      'reasoning effort high',
      'temperature 0',
      'seed 7',
      'stops at "END"',
    ]);
  });

  test('are sent only where they are set', () => {
    assert.deepEqual(readParameters({ temperature: null, seed: undefined }), {
      parameters: {},
      unusable: [],
    });
    assert.deepEqual(toWireFields(base), { model: 'acme/m1', max_tokens: 100 });
  });

  for (const [name, value] of [
    ['temperature', 2.1],
    ['temperature', '0.2'],
    ['top_p', -0.1],
    ['top_k', 1.5],
    ['seed', 1e300],
    ['stop', []],
    ['stop', ['1', '2', '3', '4', '5']],
    ['max_tokens', 0],
    ['max_tokens', 1e12],
    ['service_tier', 'gold'],
    ['temprature', 1],
    ['model', 'acme/dear'],
    ['provider', {}],
  ] as const) {
    test(`${name} ${JSON.stringify(value)} cannot be used, and harms no other`, () => {
      assert.deepEqual(readParameters({ [name]: value, top_a: 0.5 }), {
        parameters: { topA: 0.5 },
        unusable: [name],
      });
    });
  }

  test('an unknown part of reasoning is told', () => {
    assert.deepEqual(readParameters({ reasoning: { effort: 'low', budget: 3 } }), {
      parameters: { reasoningEffort: 'low' },
      unusable: ['reasoning.budget'],
    });
  });

  for (const value of [undefined, null, 'x', 3, [], [1]]) {
    test(`${JSON.stringify(value)} is none`, () => {
      assert.deepEqual(readParameters(value), { parameters: {}, unusable: [] });
    });
  }
});

suite('Provider rules in the settings', () => {
  const rules = {
    order: ['anthropic'],
    ignore: ['acme'],
    allow_fallbacks: false,
    data_collection: 'deny',
    zdr: true,
    quantizations: ['fp8'],
    sort: { by: 'price', partition: 'none' },
    preferred_max_latency: { p90: 3 },
  } as const;

  test('go along with the bound of the price, in one object', () => {
    const read = readProviderRules(rules);
    assert.deepEqual(read.unusable, []);
    const maxPrice = { prompt: '3', completion: '15', request: '0' };
    assert.deepEqual(toWireFields({ ...base, provider: read.rules, maxPrice }).provider, {
      ...rules,
      max_price: maxPrice,
    });
  });

  test('cannot lift the bound of the price', () => {
    const read = readProviderRules({ max_price: { prompt: '999' }, zdr: true });
    assert.deepEqual(read, { rules: { zdr: true }, unusable: ['max_price'] });
  });

  test('stand in words under "Sent"', () => {
    assert.deepEqual(describeParameters({ ...base, provider: readProviderRules(rules).rules }).slice(2), [
      'first through anthropic, not through acme, through no other provider, to no provider that trains on prompts or keeps them, with zero data retention, quantized as fp8, providers sorted by price, preferably quick to begin',
    ]);
  });

  test('are checked one by one', () => {
    assert.deepEqual(readProviderRules({ zdr: 'yes', only: ['a'], sort: 'cheap', order: [''] }), {
      rules: { only: ['a'] },
      unusable: ['zdr', 'sort', 'order'],
    });
    assert.deepEqual(readProviderRules('x'), { rules: undefined, unusable: [] });
  });
});
