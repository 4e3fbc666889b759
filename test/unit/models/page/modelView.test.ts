import assert from 'node:assert/strict';
import type { Model } from '../../../../src/core/models/model';
import { toModelView } from '../../../../src/core/models/page/modelView';
import type { PriceGroup } from '../../../../src/core/models/page/priceLines';
import { parsePrice } from '../../../../src/core/money/priceTable';
import type { Pricing } from '../../../../src/core/money/pricing';
import { parseCatalogue } from '../../../../src/openrouter/wire/catalogue';
import { fullModel, nowMs } from '../../../support/modelPageWorld';
import { makeModel } from '../../../support/models';
import { trafficSources } from '../../../support/openrouter/traffic';

const viewOf = (model: Model, atMs = nowMs) => toModelView({ model }, atMs);

/** `Input: $3`, and of conditional ones their condition before them. */
const texts = (groups: readonly PriceGroup[]): readonly string[] =>
  groups.flatMap(({ condition, lines }) =>
    lines.map(({ name, price, unit }) =>
      [condition, `${name}: ${price}`, unit].filter(part => part !== undefined).join(' | '),
    ),
  );

const pricesOf = (pricing: Pricing): readonly string[] => texts(viewOf(makeModel({ pricing })).prices);

suite('What the page of a model shows', () => {
  test('has every price, conditional ones included, to the last digit', () => {
    assert.deepEqual(texts(viewOf(fullModel).prices), [
      'Input: $3',
      'Output: $15',
      'Reasoning: $20',
      'Input read from a cache: $0.3',
      'Input written to a cache: $3.75',
      'Input written to a cache for an hour: $6',
      'Image in the prompt: $3',
      'Image in the answer: $0.04 | each',
      'Request: $0.01 | each',
      'Web search: $0.014 | each',
      'Prompts of more than 100,000 tokens | Input: $6',
      'Prompts of more than 100,000 tokens | Output: $22.5',
      'Monday, Tuesday; 01:00 to 05:00 UTC | Input: $1.5',
      'A condition that is not known here | Input: $9',
    ]);
  });

  test('says of prices that go by the clock whether they hold now', () => {
    const holds = (atMs: number) => viewOf(fullModel, atMs).prices.map(({ holdsNow }) => holdsNow);
    assert.deepEqual(holds(Date.UTC(2026, 10, 16, 2)), [undefined, undefined, true, undefined]);
    assert.deepEqual(holds(Date.UTC(2026, 10, 16, 6)), [undefined, undefined, false, undefined]);
    assert.deepEqual(holds(Date.UTC(2026, 10, 18, 2)), [undefined, undefined, false, undefined]);
  });

  test('has no number for a price that varies, and says what is not known', () => {
    const { prices, priceNote } = viewOf(makeModel({ pricing: { prompt: '-1', completion: '-1' } }));
    assert.deepEqual(texts(prices), ['Input: varies', 'Output: varies']);
    assert.ok(prices.every(({ lines }) => lines.every(({ usd }) => usd === undefined)));
    assert.match(priceNote ?? '', /of the model which answers/);
    assert.match(viewOf(makeModel({ pricing: {} })).priceNote ?? '', /names no price/);
    assert.deepEqual(pricesOf({}), []);
    assert.equal(viewOf(makeModel({ pricing: { prompt: '0', completion: '0' } })).priceNote, undefined);
    assert.deepEqual(pricesOf({ prompt: '0', completion: '0', request: '0', image: '0' }), [
      'Input: free',
      'Output: free',
    ]);
    assert.deepEqual(pricesOf({ prompt: '1e-6', completion: 'x', request: 'y', webSearch: '-1' }), [
      'Input: $1',
      'Web search: varies | each',
    ]);
  });

  test('tells a price of an image from one of its tokens', () => {
    assert.deepEqual(pricesOf({ prompt: '0.000002', image: '0.000002', imageOutput: '0.00012' }), [
      'Input: $2',
      'Image in the prompt: $2',
      'Image in the answer: $120',
    ]);
    assert.deepEqual(pricesOf({ prompt: '0.000002', image: '0.0001', imageOutput: '0.04' }), [
      'Input: $2',
      'Image in the prompt: $0.0001 | each',
      'Image in the answer: $0.04 | each',
    ]);
  });

  test('has limits and abilities, and nothing of what is not known', () => {
    const facts = new Map(
      toModelView({ model: fullModel, isZeroRetention: true, regions: ['eu', 'us'] }, nowMs).facts.map(
        ({ name, value }) => [name, value],
      ),
    );
    assert.deepEqual(Object.fromEntries(facts), {
      Context: '200,000 tokens',
      'Longest answer': '8,000 tokens',
      Reads: 'text, image',
      'Answers in': 'text',
      Reasoning: 'can be switched off; efforts high, low; by itself low',
      'In the list since': '2026-01-01',
      'Zero retention': 'some provider keeps nothing of what it is sent',
      'Can stay in': 'Europe, the United States',
      'Dated name': 'acme/m1-20260101',
    });
    const { facts: few, scores, parameters, warnings } = viewOf(makeModel({ createdAtSeconds: 1e30 }));
    assert.deepEqual(
      few.map(({ name }) => name),
      ['Reads', 'Answers in'],
    );
    assert.deepEqual([scores, parameters, warnings], [[], [{ name: 'max_tokens' }], []]);
  });

  test('names the source of each score, and each parameter with its default', () => {
    const { scores, parameters } = viewOf(fullModel);
    assert.deepEqual(scores, [
      { name: 'Coding', score: 62.5, scale: 'of 100', source: 'Artificial Analysis' },
      { name: 'Intelligence', score: 58, scale: 'of 100', source: 'Artificial Analysis' },
      { name: 'website', score: 1200, scale: 'Elo', rank: 3, source: 'Design Arena' },
    ]);
    assert.deepEqual(parameters.at(-2), { name: 'temperature', defaultValue: 0.7 });
  });

  test('warns of a model that goes or went away, and of one that the account may not ask', () => {
    assert.deepEqual(viewOf(fullModel).warnings, [
      'It goes away on 2027-01-31: choose another model before that.',
    ]);
    assert.deepEqual(viewOf(fullModel, Date.UTC(2027, 5)).warnings, ['It went away on 2027-01-31.']);
    const { warnings } = toModelView({ model: makeModel(), isForAccount: false }, nowMs);
    assert.match(warnings[0] ?? '', /your account/);
  });

  test('reads the links of a description, and makes no other markup of a server’s words', () => {
    assert.deepEqual(viewOf(fullModel).description, [
      [
        { text: 'Good at sums, after ' },
        { text: 'M0', href: 'https://openrouter.ai/acme/m0' },
        { text: '.' },
      ],
      [{ text: 'See ' }, { text: 'https://acme.example/m1', href: 'https://acme.example/m1' }, { text: '.' }],
    ]);
    const hostile = '[x](command:evil) [y](javascript:alert(1)) [z](//evil) <img src=x> \u202E';
    const parts = viewOf(makeModel({ description: hostile })).description.flat();
    assert.deepEqual(
      parts.map(({ href }) => href),
      [undefined, 'https://openrouter.ai//evil', undefined],
    );
    assert.ok(!parts.some(({ text }) => text.includes('\u202E')));
    assert.equal(viewOf(makeModel({ id: 'a/b c?d:free' })).address, 'https://openrouter.ai/a/b%20c%3Fd:free');
  });
});

for (const { name, traffic } of trafficSources) {
  test(`The page of a model is complete, exact and without a gap for every model of the ${name}`, () => {
    const models = parseCatalogue(JSON.parse(traffic.catalogue())) ?? [];
    assert.ok(models.length > (name === 'recordings' ? 300 : 0));
    for (const model of models) {
      const view = viewOf(model);
      assert.doesNotMatch(JSON.stringify(view), /undefined|NaN|null/, model.id);
      assertExact(model.pricing, view.prices, model.id);
      if (model.pricing.prompt === '-1') assert.match(view.priceNote ?? '', /which answers/);
    }
    assert.ok(models.some(({ pricing }) => pricing.overrides !== undefined));
    assert.ok(models.some(({ pricing }) => pricing.prompt === '-1'));
  });
}

/** Each paid price of the list is there once, and the exact number with it. */
function assertExact(pricing: Pricing, groups: readonly PriceGroup[], id: string): void {
  const { overrides = [], ...base } = pricing;
  const listed = [base, ...overrides.map(override => override.pricing)];
  assert.equal(groups.length, listed.length, id);
  for (const [index, prices] of listed.entries()) {
    const lines = groups[index]?.lines ?? [];
    const exact = (text: string | undefined): bigint => parsePrice(text) ?? -1n;
    const expected = Object.values(prices).map(exact);
    const shown = lines.map(({ usd, unit }) => {
      const price = exact(usd);
      return unit === undefined && price > 0n ? price / 1_000_000n : price;
    });
    const paid = (all: readonly bigint[]) => all.filter(price => price > 0n).sort(compareBigints);
    assert.deepEqual(paid(shown), paid(expected), id);
  }
}

const compareBigints = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
