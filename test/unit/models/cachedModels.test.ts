import assert from 'node:assert/strict';
import { parseCachedModels } from '../../../src/core/models/cachedModels';
import type { Model } from '../../../src/core/models/model';

const model: Required<Model> = {
  id: 'v/m',
  name: 'M',
  canonicalSlug: 'v/m-1',
  createdAtSeconds: 1,
  description: 'd',
  contextTokens: 8192,
  maxCompletionTokens: 4096,
  pricing: {
    prompt: '0.000001',
    completion: '0.000002',
    overrides: [
      { minPromptTokens: 1000, utcDays: [0, 6], hasUnknownCondition: true, pricing: { prompt: '1' } },
    ],
  },
  inputModalities: ['text'],
  outputModalities: ['text'],
  supportedParameters: ['max_tokens'],
  expirationDate: '2027-01-01',
  tokenizer: 'GPT',
  modality: 'text->text',
  reasoning: { isMandatory: true, efforts: ['high', 'low'], defaultEffort: 'low', takesMaxTokens: false },
  defaultParameters: { temperature: 0.7 },
  benchmarks: {
    codingIndex: 78,
    designArena: [{ arena: 'models', category: 'website', elo: 1317, rank: 8 }],
  },
  huggingFaceId: 'v/M',
  knowledgeCutoff: '2026-01',
  isModerated: false,
};
const { id, name, pricing } = model;
const least = { id, name, pricing, inputModalities: [], outputModalities: [], supportedParameters: [] };
const file = (models: unknown): string =>
  JSON.stringify({ baseUrl: 'https://a.example/v1', fetchedAtMs: 5, models });

suite('Cached list of models', () => {
  test('comes back as it was written, fields that are not known left out', () => {
    const cached = { baseUrl: 'https://a.example/v1', fetchedAtMs: 5, models: [model, least] };
    assert.deepEqual(parseCachedModels(JSON.stringify(cached)), cached);
  });

  test('rows that cannot answer are left out, should an older version have kept them', () => {
    assert.deepEqual(parseCachedModels(file([{ ...least, id: 'v/m:batch' }, least]))?.models, [least]);
  });

  test('what a newer version has added is left out', () => {
    assert.deepEqual(parseCachedModels(file([{ ...least, colour: 'red' }]))?.models, [least]);
  });

  for (const [what, text] of [
    ['half a file', file([model]).slice(0, -9)],
    ['nothing', ''],
    ['null', 'null'],
    ['no list', file({})],
    ['a model without an id', file([{ ...least, id: undefined }])],
    ['a model without prices', file([{ ...least, pricing: null }])],
    ['a price that is a number', file([{ ...least, pricing: { prompt: 1 } }])],
    ['a server that is none', JSON.stringify({ baseUrl: 7, fetchedAtMs: 5, models: [] })],
  ] as const) {
    test(`${what} counts as none`, () => assert.equal(parseCachedModels(text), undefined));
  }
});
