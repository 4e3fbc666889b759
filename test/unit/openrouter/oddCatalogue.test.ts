import assert from 'node:assert/strict';
import type { Model } from '../../../src/core/models/model';
import { parseGeneration, parseKeyInfo } from '../../../src/openrouter/wire/account';
import { parseCatalogue, parseEndpoints } from '../../../src/openrouter/wire/catalogue';
import { toDecimal } from '../../../src/openrouter/wire/decimal';
import { cpuMs } from '../../support/cpuTime';

const prices = { prompt: '0.000001', completion: '0.000002' };
const row = (entry: Record<string, unknown>): Model | undefined =>
  parseCatalogue({ data: [{ id: 'a/b', pricing: prices, ...entry }] })?.[0];

suite('an odd catalogue', () => {
  test('has no limit where a limit is none', () => {
    for (const none of [-1, 0, null, undefined, 1.5, 1e300, '128000', Number.NaN, {}, 2 ** 41]) {
      const model = row({
        context_length: none,
        top_provider: { context_length: none, max_completion_tokens: none },
      });
      assert.equal(model?.contextTokens, undefined, String(none));
      assert.equal(model?.maxCompletionTokens, undefined, String(none));
      const other = row({ context_length: none, top_provider: { context_length: 128_000 } });
      assert.equal(other?.contextTokens, 128_000);
    }
  });

  test('has each id once, and is never free when a price is known', () => {
    const free = { prompt: '0', completion: '0' };
    const listed = (...pricings: object[]) =>
      parseCatalogue({ data: pricings.map(pricing => ({ id: 'dup/same', pricing })) });
    for (const pricings of [
      [prices, free],
      [free, prices],
      [free, prices, free],
      [prices, prices],
    ]) {
      const models = listed(...pricings);
      assert.equal(models?.length, 1);
      assert.deepEqual(models?.[0]?.pricing, prices);
    }
    assert.deepEqual(listed(prices, { prompt: '-1', completion: '-1' })?.[0]?.pricing.prompt, '-1');
    assert.deepEqual(
      listed(free, { prompt: '0', completion: '0', request: '0.1' })?.[0]?.pricing.request,
      '0.1',
    );
    const spaced = parseCatalogue({ data: [{ id: 'a/b' }, { id: ' a/b ' }, { id: 'c/d' }, { id: '  ' }] });
    assert.deepEqual(
      spaced?.map(({ id }) => id),
      ['a/b', 'c/d'],
    );
  });

  test('has no row that cannot answer, and tells why each was left out', () => {
    const told: string[] = [];
    const data = [
      null,
      { id: 'a/b:batch', pricing: prices },
      { id: 'a/b', pricing: { prompt: 1e-7, completion: '1e-7', colour: {} }, context_length: null },
      { id: 5 },
      { id: 'a/b', pricing: null },
      { id: 'a/b:free:batch' },
    ];
    const models = parseCatalogue({ data }, ({ id, reason }) => told.push(`${id}: ${reason}`));
    assert.deepEqual(
      models?.map(({ id, pricing }) => [id, pricing]),
      [['a/b', {}]],
      'a price that is not named can be any',
    );
    assert.deepEqual(told, [
      'undefined: it has no id',
      'a/b:batch: it takes batches only',
      'undefined: it has no id',
      'a/b: it is listed twice, and the dearer row counts',
      'a/b:free:batch: it takes batches only',
    ]);
    const [cheap] = parseCatalogue({ data: data.slice(2, 3) }) ?? [];
    assert.deepEqual(cheap?.pricing, { prompt: '0.0000001', completion: '0.0000001' });
  });

  test('the providers of a model are read with what each asks, whatever else stands there', () => {
    const endpoints = [
      { provider_name: 'OpenAI', tag: 'openai/priority', pricing: { prompt: 2e-7, completion: '0.0000012' } },
      null,
      { pricing: null },
    ];
    assert.deepEqual(parseEndpoints({ data: { id: 'a/b', endpoints } }), [
      {
        provider: 'OpenAI',
        tag: 'openai/priority',
        serviceTier: 'priority',
        pricing: { prompt: '0.0000002', completion: '0.0000012' },
      },
      { pricing: {} },
    ]);
    for (const none of [undefined, {}, { data: [] }, { data: { endpoints: 5 } }])
      assert.equal(parseEndpoints(none), undefined);
  });

  test('tells the day on which a model goes away, however it is written', () => {
    for (const [written, read] of [
      ['2027-01-31', '2027-01-31'],
      ['2027-01-31T00:00:00Z', '2027-01-31'],
      ['2027-01-31T23:59:59-08:00', '2027-01-31'],
      ['2027/1/31', '2027-01-31'],
      [1_801_353_600, '2027-01-31'],
      [1_801_353_600_000, '2027-01-31'],
      ['2025-01-01', '2025-01-01'],
      ['2027-02-31', undefined],
      ['2027-13-01', undefined],
      ['soon', undefined],
      ['', undefined],
      [null, undefined],
      [0, undefined],
      [-1, undefined],
      [1e300, undefined],
      [{}, undefined],
      ['9999-01-01', undefined],
    ]) {
      assert.equal(row({ expiration_date: written })?.expirationDate, read, String(written));
    }
  });

  test('marks a price whose condition nobody here knows, so that a worst case can count it', () => {
    const dear = { prompt: '0.0001', completion: '0.0002' };
    const read = (override: object) =>
      row({ pricing: { ...prices, overrides: [override] } })?.pricing.overrides?.[0];
    for (const condition of [
      { min_context: 1 },
      { phase_of_the_moon: 'full' },
      { min_prompt_tokens: '200000' },
      { min_prompt_tokens: -5 },
      { min_prompt_tokens: 1e300 },
      { utc_start: 'noon' },
      { utc_end: 2561 },
      { utc_days: ['someday'] },
      { utc_days: 'monday' },
    ]) {
      const override = read({ ...condition, ...dear });
      assert.equal(override?.hasUnknownCondition, true, JSON.stringify(condition));
      assert.deepEqual(override?.pricing, dear);
    }
    for (const condition of [
      {},
      { min_prompt_tokens: 200_000, utc_days: null },
      { utc_start: 30, utc_end: '04:00', utc_days: ['Monday', 0] },
    ]) {
      assert.equal(
        read({ ...condition, ...dear })?.hasUnknownCondition,
        undefined,
        JSON.stringify(condition),
      );
    }
    assert.equal(read({ a: 1, prompt: 'dear' })?.pricing.prompt, '-1');
  });

  test('has no price for free that cannot be read', () => {
    for (const price of ['free', 'NaN', '1e999999999', '9'.repeat(5000), {}, [], true, 1e200]) {
      const model = row({ pricing: { prompt: price, completion: price, request: price } });
      assert.deepEqual(model?.pricing, { prompt: '-1', completion: '-1', request: '-1' });
    }
    assert.deepEqual(row({ pricing: { prompt: null, completion: '' } })?.pricing, {});
  });

  test('may hold anything anywhere', () => {
    const objects = ['{}', '[null]', '{"toString":null}', '{"__proto__":null}'].map(text => JSON.parse(text));
    const odd: readonly unknown[] = [null, 0, -1, 1e300, 'x', '', true, [], ...objects];
    for (const value of odd) {
      const entry = {
        id: 'a/b',
        name: value,
        created: value,
        context_length: value,
        architecture: value,
        top_provider: value,
        supported_parameters: value,
        expiration_date: value,
        pricing: {
          prompt: value,
          overrides: [value, { utc_start: value, utc_days: [value], min_prompt_tokens: value }],
        },
      };
      assert.equal(parseCatalogue({ data: [entry, value] })?.[0]?.id, 'a/b');
      assert.ok(parseKeyInfo({ data: { limit: value, usage: value, expires_at: value } }));
      assert.ok(parseGeneration({ data: { id: 'gen-1', total_cost: value, native_tokens_prompt: value } }));
    }
  });
});

suite('odd amounts', () => {
  test('take no time, whatever their exponent or length', () => {
    const startMs = cpuMs();
    for (let count = 0; count < 1000; count++) {
      for (const text of [
        '1e20000000',
        '1e1000000000',
        '1e-1000000000',
        `1.${'9'.repeat(10_000)}e5`,
        '9e401',
      ]) {
        assert.equal(toDecimal(text), undefined);
      }
    }
    assert.ok(cpuMs() - startMs < 500);
    assert.equal(toDecimal('1e300')?.length, 301);
  });

  test('of an account are known up to what the ledger can hold', () => {
    const read = (usage: unknown) => parseKeyInfo({ data: { usage } })?.usageUsd;
    assert.equal(read(250_000.5), '250000.5');
    assert.equal(read(-3), '-3');
    assert.equal(read(1e10), undefined);
    assert.equal(read('1e20000000'), undefined);
  });

  test('of a request that was looked up are bounded like those of an answer', () => {
    const read = (data: object) => parseGeneration({ data: { id: 'gen-1', ...data } })?.usage;
    assert.deepEqual(read({ total_cost: -1, native_tokens_prompt: -1, tokens_prompt: 7 }), {
      promptTokens: 7,
    });
    assert.deepEqual(read({ total_cost: 1e6, usage: 0.5, upstream_inference_cost: 'x' }), { costUsd: '0.5' });
  });
});
