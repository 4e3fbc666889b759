import assert from 'node:assert/strict';
import type { Model } from '../../../src/core/models/model';
import { canBeModelId, findModel, lookUpId } from '../../../src/core/models/modelId';
import { answersInText, describePrice, shortCount, toModelRow } from '../../../src/core/models/modelRow';

function makeModel(changes: Partial<Model> = {}): Model {
  return {
    id: 'acme/m1',
    name: 'Acme: M1',
    pricing: { prompt: '0.000003', completion: '0.000015' },
    inputModalities: ['text'],
    outputModalities: ['text'],
    supportedParameters: [],
    ...changes,
  };
}

const nowMs = Date.UTC(2026, 5, 30, 12);
const facts = (changes: Partial<Model>): string => toModelRow(makeModel(changes), nowMs).facts;

suite('model rows', () => {
  test('show the exact price per million tokens and the context', () => {
    assert.equal(facts({ contextTokens: 200_000 }), '$3 in, $15 out per 1M tokens  ·  200K context');
    assert.match(
      facts({ pricing: { prompt: '0.00000015', completion: '0.0000006' } }),
      /^\$0\.15 in, \$0\.6 out/,
    );
  });

  test('call a model free by its price, not by its name', () => {
    const free = { prompt: '0', completion: '0' };
    assert.equal(facts({ pricing: free }), 'Free');
    assert.notEqual(facts({ id: 'acme/m1:free' }), 'Free');
    assert.notEqual(facts({ pricing: { ...free, request: '0.01' } }), 'Free');
  });

  test('say that a price varies or is unknown instead of naming a number', () => {
    assert.match(facts({ pricing: { prompt: '-1', completion: '-1' } }), /varies/);
    assert.match(facts({ pricing: {} }), /unknown/);
    assert.doesNotMatch(facts({ pricing: { prompt: '-1', completion: '-1' } }), /-|\d/);
  });

  test('warn when a model goes away', () => {
    assert.match(facts({ expirationDate: '2026-12-31' }), /goes away on 2026-12-31/);
    assert.match(facts({ expirationDate: '2026-06-30' }), /goes away on 2026-06-30/);
    assert.match(facts({ expirationDate: '2026-06-29' }), /went away on 2026-06-29/);
  });

  test('counts are short and right', () => {
    assert.deepEqual([512, 8192, 200_000, 1_048_576].map(shortCount), ['512', '8.19K', '200K', '1.05M']);
  });

  test('models that answer without text are told apart', () => {
    assert.equal(answersInText(makeModel({ outputModalities: ['image'] })), false);
    assert.equal(answersInText(makeModel({ outputModalities: [] })), true);
  });
});

suite('model ids', () => {
  const models = [
    makeModel(),
    makeModel({ id: 'acme/m1:free' }),
    makeModel({ id: 'x/y', canonicalSlug: 'x/y-2026' }),
  ];

  test('a routing suffix leads to the plain row, a catalogue variant to its own', () => {
    assert.equal(findModel(models, 'acme/m1:nitro')?.id, 'acme/m1');
    assert.equal(findModel(models, 'acme/m1:free')?.id, 'acme/m1:free');
    assert.equal(findModel(models, 'x/y-2026')?.id, 'x/y');
    assert.equal(findModel(models, 'acme/m2'), undefined);
  });

  test('an id that has the web searched has the price of the search, whatever other suffixes it has', () => {
    const models = [
      makeModel({ id: 'a/free:free', pricing: { prompt: '0', completion: '0' } }),
      makeModel({ id: 'a/native', pricing: { prompt: '0', completion: '0', webSearch: '0.01' } }),
    ];
    const searchUsd = (id: string) => findModel(models, id)?.pricing.searchUsd;
    assert.deepEqual(
      ['a/free:free', 'a/free:free:online', 'a/free:free:online:floor', 'a/native:nitro:online'].map(
        searchUsd,
      ),
      [undefined, '0.02', '0.02', '0.05'],
    );
    assert.equal(findModel(models, 'a/free:free:nitro:floor')?.id, 'a/free:free');
    const row = (id: string) => describePrice(findModel(models, id)?.pricing ?? {});
    assert.equal(row('a/free:free'), 'Free');
    assert.equal(row('a/free:free:online'), '$0 in, $0 out per 1M tokens + up to $0.02 for the search');
  });

  test('suffixes in any order lead to the row that they name, and to no other one', () => {
    const rows = [
      makeModel({ id: 'a/b:free', canonicalSlug: 'a/b-2026' }),
      makeModel({ id: 'a/b', canonicalSlug: 'a/b-2026' }),
      makeModel({ id: 'a/b:thinking', canonicalSlug: 'a/b-2026:thinking' }),
    ];
    const found = (id: string) => findModel(rows, id)?.id;
    assert.deepEqual(
      ['a/b:free:nitro', 'a/b:nitro:free', 'a/b:floor', 'a/b:exacto:thinking', 'a/b-2026:nitro'].map(found),
      ['a/b:free', 'a/b:free', 'a/b', 'a/b:thinking', 'a/b'],
    );
    assert.deepEqual(
      ['a/b-2026', 'a/b-2026:free', 'a/b-2026:thinking', 'a/b:extended', 'a/b:batch', 'a/b:free:batch'].map(
        found,
      ),
      ['a/b', 'a/b:free', 'a/b:thinking', undefined, undefined, undefined],
    );
  });

  test('a typed id of a row for batches is told to be one', () => {
    assert.deepEqual(lookUpId(models, 'acme/m1:batch'), { kind: 'batch' });
    assert.deepEqual(lookUpId([], 'acme/m1:batch'), { kind: 'batch' });
  });

  test('several routing suffixes lead to the plain row, too', () => {
    assert.equal(findModel(models, 'acme/m1:free:online')?.id, 'acme/m1:free');
    assert.equal(findModel(models, 'acme/m1:online:nitro')?.id, 'acme/m1');
    assert.equal(
      findModel(models, 'acme/m1:deepinfra/fp4'),
      undefined,
      'a pinned provider has its own price',
    );
  });

  test('whatever has no white space can be sent as an id', () => {
    for (const id of [
      'acme/m1',
      'acme/m-1.5:free',
      '~acme/family-latest',
      'acme/m1@preset/mine',
      '@preset/mine',
      'acme/m1:free:online',
      'acme/m1:deepinfra/fp4',
      'openrouter/@preset/review',
      'gpt-4o',
      'claude',
      'openrouter/acme/m1:nitro',
      'azure/eu/gpt-4o',
      'acme/m1+tools',
      'https:x',
    ]) {
      assert.equal(canBeModelId(id), true, id);
    }
  });

  test('half an id, a search of several words, an address and hidden characters cannot', () => {
    for (const text of ['', ' ', 'acme/', 'acme/m1:', 'acme/m1@', '/m1', ':free', 'a b/c', 'claude sonnet'])
      assert.equal(canBeModelId(text), false, text);
    for (const text of ['https://x.y/z', 'acme/m\u200B1', 'acme/\u202Em1', 'a\nb', 'a'.repeat(201)])
      assert.equal(canBeModelId(text), false, text);
  });

  test('a typed id is looked up in the list at hand, with and without what was added to it', () => {
    const kinds = ['acme/m1', 'acme/m2', 'gpt-4o', 'openrouter/@preset/review'].map(
      id => lookUpId(models, id).kind,
    );
    assert.deepEqual(kinds, ['listed', 'missing', 'missing', 'missing']);
    assert.deepEqual(lookUpId([], 'acme/m1'), { kind: 'noList' });
    for (const [typed, id, added] of [
      ['acme/m1:free:online', 'acme/m1:free', ':online'],
      ['acme/m1:deepinfra/fp4', 'acme/m1', ':deepinfra/fp4'],
      ['acme/m1@preset/mine', 'acme/m1', '@preset/mine'],
      ['openrouter/acme/m1', 'acme/m1', 'openrouter/'],
      ['openrouter/acme/m1:nitro', 'acme/m1', 'openrouter/:nitro'],
    ] as const) {
      assert.deepEqual(lookUpId(models, typed), { kind: 'based', id, added }, typed);
    }
  });
});
