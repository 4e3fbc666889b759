import assert from 'node:assert/strict';
import { fuzzyMatch, toSearchText, toSearchWord } from '../../../src/core/models/fuzzyMatch';
import type { Model } from '../../../src/core/models/model';
import type { OfferedModel } from '../../../src/core/models/modelFilter';
import { ModelSearch, parseModelQuery, toggleWord } from '../../../src/core/models/modelSearch';
import { type ModelOrder, modelOrders, type SortFacts } from '../../../src/core/models/modelSort';
import { usualMix } from '../../../src/core/money/usageMix';
import { parseCatalogue } from '../../../src/openrouter/wire/catalogue';
import { makeModel } from '../../support/models';
import { trafficSources } from '../../support/openrouter/traffic';

const nowMs = Date.UTC(2026, 7, 15);
const daySeconds = 86_400;

const models: readonly Model[] = [
  makeModel({
    id: 'anthropic/claude-sonnet-4.5',
    name: 'Anthropic: Claude Sonnet 4.5',
    pricing: { prompt: '0.000003', completion: '0.000015' },
    contextTokens: 200_000,
    supportedParameters: ['tools', 'reasoning'],
    benchmarks: { codingIndex: 60 },
    inputModalities: ['text', 'image'],
  }),
  makeModel({
    id: 'openai/gpt-5-mini',
    name: 'OpenAI: GPT-5 Mini',
    pricing: { prompt: '0.00000025', completion: '0.000002' },
    contextTokens: 400_000,
    supportedParameters: ['tools'],
    reasoning: { isMandatory: true },
    benchmarks: { codingIndex: 50 },
    createdAtSeconds: nowMs / 1000 - 10 * daySeconds,
  }),
  makeModel({
    id: 'google/gemma-3:free',
    name: 'Google: Gemma 3 (free)',
    pricing: { prompt: '0', completion: '0' },
    contextTokens: 32_000,
    createdAtSeconds: nowMs / 1000 - 300 * daySeconds,
  }),
  makeModel({
    id: 'openrouter/auto',
    name: 'Auto Router',
    pricing: { prompt: '-1', completion: '-1' },
    contextTokens: 2_000_000,
  }),
  makeModel({
    id: 'google/gemini-3-pro',
    name: 'Google: Gemini 3 Pro',
    pricing: { prompt: '0.000001', completion: '0.000004' },
    contextTokens: 1_000_000,
    benchmarks: { codingIndex: 60 },
  }),
];
const offered: readonly OfferedModel[] = models.map(model => ({
  model,
  isZeroRetention: model.id.startsWith('google/'),
  regions: model.id.startsWith('openai/') ? ['eu'] : [],
}));
const facts: SortFacts = { mix: usualMix, nowMs, costOf: ({ contextTokens }) => BigInt(contextTokens ?? 0) };
const search = new ModelSearch(offered);
const names: Readonly<Record<string, string>> = {
  'anthropic/claude-sonnet-4.5': 'sonnet',
  'openai/gpt-5-mini': 'mini',
  'google/gemma-3:free': 'gemma',
  'openrouter/auto': 'auto',
  'google/gemini-3-pro': 'gemini',
};
function found(typed: string): string {
  const query = parseModelQuery(typed);
  const rows = search.find(query, query.order ?? 'list', facts);
  return rows.map(({ model }) => names[model.id]).join(' ');
}

suite('search in the list of models', () => {
  for (const [typed, expected] of [
    ['', 'sonnet mini gemma auto gemini'],
    ['free', 'gemma'],
    ['FREE', 'gemma'],
    ['vision', 'sonnet'],
    ['tools', 'sonnet mini'],
    ['reasoning', 'sonnet mini'],
    ['zdr', 'gemma gemini'],
    ['region:eu', 'mini'],
    ['region:', 'sonnet mini gemma auto gemini'],
    ['new', 'mini'],
    ['<$1', 'mini gemma'],
    ['<=$1', 'mini gemma gemini'],
    ['>$1', 'sonnet'],
    ['>=$3', 'sonnet'],
    ['<$0.25', 'gemma'],
    ['<$', 'sonnet mini gemma auto gemini'],
    ['>200k', 'mini auto gemini'],
    ['>=200k', 'sonnet mini auto gemini'],
    ['<32000', ''],
    ['<=32k', 'gemma'],
    ['>=1.0m', 'auto gemini'],
    ['>', 'sonnet mini gemma auto gemini'],
    ['vendor:google', 'gemma gemini'],
    ['vendor:goo <$1', 'gemma'],
    ['vendor:', 'sonnet mini gemma auto gemini'],
    ['gem', 'gemma gemini'],
    ['gemini', 'gemini'],
    ['google pro', 'gemini'],
    ['cs45', 'sonnet'],
    ['g5m', 'mini'],
    ['gpt5', 'mini'],
    ['Anthropic/Claude', 'sonnet'],
    ['nothing-like-it', ''],
    ['sort:price', 'gemma mini gemini sonnet auto'],
    ['sort:context', 'auto gemini mini sonnet gemma'],
    ['sort:newest', 'mini gemma sonnet auto gemini'],
    ['sort:quality', 'sonnet gemini mini gemma auto'],
    ['sort:value', 'mini gemini sonnet gemma auto'],
    ['sort:cost', 'gemma sonnet mini gemini auto'],
    ['sort:cost sort:price google', 'gemma gemini'],
    ['sort:nonsense', 'sonnet mini gemma auto gemini'],
    ['tools sort:price', 'mini sonnet'],
  ] as const) {
    test(`“${typed}” finds ${expected || 'nothing'}`, () => assert.equal(found(typed), expected));
  }

  const match = (word: string, text: string) => fuzzyMatch(toSearchWord(word), toSearchText(text));

  test('a part of a word counts more than initials, and the start of a word more than its middle', () => {
    const texts = ['gpt-5-mini', 'x-gpt-5', 'xgpt-5', 'grand-pro-5t'];
    const scores = texts.map(text => match('gpt', text) ?? 0);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.equal(match('gpt', 'grasp-that'), undefined);
  });

  test('long texts without an end to try take no time', () => {
    assert.equal(match(`${'a1'.repeat(100)}z`, 'a1'.repeat(2000)), undefined);
  });

  test('a word is put into the text and taken out of it', () => {
    assert.equal(toggleWord('', 'free'), 'free ');
    assert.equal(toggleWord('gem sort:price', 'free'), 'free gem sort:price ');
    assert.equal(toggleWord('Free gem', 'free'), 'gem ');
    assert.equal(toggleWord('free', 'free'), '');
  });
});

for (const { name, traffic } of trafficSources) {
  suite(`search over the catalogue of the ${name}`, () => {
    const listed = parseCatalogue(JSON.parse(traffic.catalogue())) ?? [];
    const rows = new ModelSearch(listed.map(model => ({ model })));
    const ids = (typed: string, order: ModelOrder = 'list'): readonly string[] =>
      rows.find(parseModelQuery(typed), order, { mix: usualMix, nowMs }).map(({ model }) => model.id);

    test('every model is found by its id, before all others', () => {
      for (const { id } of listed) assert.equal(ids(id)[0], id);
    });

    test('filters leave exactly the models that the prices and parameters of the body say', () => {
      const body: readonly {
        id: string;
        pricing: Record<string, string>;
        context_length: number;
        top_provider: { context_length: number | null };
        architecture: { input_modalities: string[] };
        supported_parameters: string[];
      }[] = JSON.parse(traffic.catalogue()).data;
      const expect = (typed: string, fits: (row: (typeof body)[number]) => boolean) =>
        assert.deepEqual(
          ids(typed),
          body.filter(fits).map(({ id }) => id),
          typed,
        );
      expect('vision', row => row.architecture.input_modalities.includes('image'));
      expect('tools', row => row.supported_parameters.includes('tools'));
      expect('<$1', ({ pricing }) => Number(pricing.prompt) >= 0 && Number(pricing.prompt) * 1e6 < 1 - 1e-9);
      expect('>200k', row => Math.min(row.context_length, row.top_provider.context_length ?? 1e12) > 200_000);
      expect('vendor:anthropic', ({ id }) => /^~?anthropic/.test(id));
    });

    test('every order keeps all models, and those that are equal in theirs', () => {
      for (const order of modelOrders) {
        const sorted = ids('', order);
        assert.deepEqual(sorted.toSorted(), listed.map(({ id }) => id).toSorted());
        assert.deepEqual(ids(`sort:${order}`, order), sorted);
      }
      const price = new Map(listed.map(model => [model.id, model.contextTokens ?? 0]));
      const sorted = ids('', 'context');
      const place = new Map(listed.map(({ id }, index) => [id, index]));
      for (const [index, id] of sorted.slice(1).entries()) {
        const before = sorted[index] ?? '';
        const [a, b] = [price.get(before) ?? 0, price.get(id) ?? 0];
        assert.ok(a > b || (a === b && (place.get(before) ?? 0) < (place.get(id) ?? 0)), `${before}, ${id}`);
      }
    });
  });
}
