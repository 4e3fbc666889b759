import assert from 'node:assert/strict';
import { nearOffers } from '../../../src/core/models/alternatives';
import { variantsOf } from '../../../src/core/models/modelVariants';
import { nearIds, successorsOf } from '../../../src/core/models/nearModels';
import { makeModel } from '../../support/models';

const nowMs = Date.UTC(2026, 7, 15);
const mix = { promptTokens: 3, completionTokens: 1 };

suite('models much like another', () => {
  const models = [
    'anthropic/claude-sonnet-4.5',
    'anthropic/claude-opus-5',
    'openai/gpt-5-mini',
    'openai/gpt-5',
  ].map(id => makeModel({ id }));
  for (const [typed, near] of [
    ['anthropic/claude-sonnet-4.6', 'anthropic/claude-sonnet-4.5'],
    ['Anthropic/Claude Sonnet 4.5', 'anthropic/claude-sonnet-4.5'],
    ['claude-sonet-4.5', 'anthropic/claude-sonnet-4.5'],
    ['openai/gpt-5-min', 'openai/gpt-5-mini'],
    ['gpt-5', 'openai/gpt-5'],
  ] as const) {
    test(`${typed}: ${near}`, () => assert.equal(nearIds(models, typed)[0], near));
  }
  test('nothing like it: none', () => {
    assert.deepEqual(nearIds(models, 'zzz/qqqqqqqq'), []);
    assert.deepEqual(nearIds(models, ' '), []);
    assert.deepEqual(nearIds([], 'a/b'), []);
  });
  test('they are offered with their prices, the most alike first', () => {
    const offers = nearOffers(models, 'Openai/GPT-5 ');
    assert.deepEqual(
      offers.map(({ id }) => id),
      ['openai/gpt-5', 'openai/gpt-5-mini'],
    );
    assert.match(offers[0]?.price ?? '', /\$1/);
  });
});

suite('successors of a model that goes away', () => {
  const priced = (id: string, prompt: string, more = {}) =>
    makeModel({ id, name: id, pricing: { prompt, completion: prompt }, contextTokens: 100_000, ...more });
  const old = priced('a/old-4', '0.000002', { expirationDate: '2026-09-01', supportedParameters: ['tools'] });
  const tools = { supportedParameters: ['tools'] };
  const models = [
    old,
    priced('a/old-5', '0.000003', tools),
    priced('a/other', '0.000009', tools),
    priced('b/like', '0.000001', tools),
    priced('b/dear', '0.00009', tools),
    priced('c/no-tools', '0.000002'),
    priced('c/ending', '0.000002', { ...tools, expirationDate: '2026-10-01' }),
    priced('c/small', '0.000002', { ...tools, contextTokens: 8000 }),
    priced('c/varies', '-1', tools),
  ];

  test('are the next of its vendor and the most like it of another, priced by the user’s own mix', () => {
    const successors = successorsOf(old, models, mix, nowMs);
    assert.deepEqual(
      successors.map(({ model, percentMore }) => [model.id, percentMore]),
      [
        ['a/old-5', 50],
        ['b/like', -50],
      ],
    );
  });

  test('are none where nothing fits', () => assert.deepEqual(successorsOf(old, [old], mix, nowMs), []));
});

suite('variants of a model', () => {
  const models = [
    makeModel({ id: 'a/b', supportedParameters: ['tools'] }),
    makeModel({ id: 'a/b:free' }),
    makeModel({ id: 'a/c' }),
  ];
  const ids = (typed: string) => variantsOf(models, typed).map(({ id }) => id);

  test('are offered behind a colon, where they apply', () => {
    assert.deepEqual(ids('a/b:'), ['a/b:free', 'a/b:nitro', 'a/b:floor', 'a/b:exacto', 'a/b:online']);
    assert.deepEqual(ids('a/c:'), ['a/c:nitro', 'a/c:floor', 'a/c:online']);
    assert.deepEqual(ids('A/B:n'), ['a/b:nitro']);
    assert.deepEqual(ids('a/b:free:on'), ['a/b:free:online']);
    assert.deepEqual(ids('a/b:nitro:'), ['a/b:nitro:floor', 'a/b:nitro:exacto', 'a/b:nitro:online']);
  });

  test('are not offered for what is not in the list', () => {
    for (const typed of ['a/b', 'a/x:', ':', '', 'a/b :']) assert.deepEqual(ids(typed), [], typed);
  });
});
