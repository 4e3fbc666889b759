import assert from 'node:assert/strict';
import type { Model } from '../../../../src/core/models/model';
import { answersInText } from '../../../../src/core/models/modelRow';
import { type ChartFacts, toPriceQuality } from '../../../../src/core/models/page/priceQuality';
import { usualMix } from '../../../../src/core/money/usageMix';
import { parseCatalogue } from '../../../../src/openrouter/wire/catalogue';
import { nowMs } from '../../../support/modelPageWorld';
import { makeModel } from '../../../support/models';
import { trafficSources } from '../../../support/openrouter/traffic';

const priced = (id: string, usd: string, codingIndex?: number): Model =>
  makeModel({ id, name: id, pricing: { prompt: usd, completion: usd }, benchmarks: { codingIndex } });

const chartOf = (models: readonly Model[], facts: Partial<ChartFacts> = {}) =>
  toPriceQuality(models, {
    model: models[0] ?? makeModel(),
    favourites: new Set(),
    used: new Set(),
    mix: usualMix,
    isOwnMix: false,
    nowMs,
    ...facts,
  });

const four = [
  priced('a', '0.000002', 50),
  priced('b', '0.000001', 60),
  priced('c', '0', 20),
  priced('d', '0.00001', 70),
];

suite('Price and quality of all models', () => {
  test('has a point for each, the cheapest first, with the exact price of the mix', () => {
    const model = makeModel({
      id: 'e',
      pricing: {
        prompt: '0.000003',
        completion: '0.000015',
        overrides: [{ minPromptTokens: 9, pricing: { prompt: '1' } }],
      },
      benchmarks: { codingIndex: 40 },
    });
    const { points, ratio } = chartOf([...four, model]);
    assert.deepEqual(
      points.map(({ id, usd, index }) => [id, usd, index]),
      [
        ['c', '0', 20],
        ['b', '1', 60],
        ['a', '2', 50],
        ['e', '6', 40],
        ['d', '10', 70],
      ],
    );
    assert.equal(ratio, '3:1');
  });

  test('marks the model of the page, then favourites, then what was used', () => {
    const { points } = chartOf(four, { favourites: new Set(['a', 'b']), used: new Set(['a', 'b', 'c']) });
    assert.deepEqual(
      points.map(({ id, mark }) => `${id} ${mark}`),
      ['c used', 'b favourite', 'a this', 'd other'],
    );
  });

  test('counts what has no place in it, each model once', () => {
    const chart = chartOf([
      ...four,
      priced('no index', '1'),
      priced('varies', '-1', 30),
      priced('neither', '-1'),
      makeModel({ id: 'unknown', pricing: {}, benchmarks: { codingIndex: 1 } }),
      makeModel({ id: 'draws', outputModalities: ['image'] }),
    ]);
    assert.deepEqual(
      [chart.points.length, chart.total, chart.withoutIndex, chart.withoutPrice],
      [4, 8, 2, 2],
    );
  });

  test('says how the model compares, and why it is not in the chart', () => {
    assert.equal(
      chartOf(four).comparison,
      'Of the 3 other models in the chart 2 cost less than a, and 2 have a higher index. Both is true of 1: b.',
    );
    assert.match(
      chartOf([priced('x', '0', 99), ...four]).comparison,
      /0 cost less than x, .* None does both\.$/,
    );
    assert.match(
      chartOf([priced('x', '1'), ...four]).comparison,
      /^x is not in the chart: .*no coding index/,
    );
    assert.match(chartOf([priced('x', '-1', 9), ...four]).comparison, /no fixed price/);
    const many = [
      priced('x', '0.0001', 1),
      ...Array.from({ length: 6 }, (_, at) => priced(`m${at}`, '0', at + 2)),
    ];
    assert.match(chartOf(many).comparison, /Both is true of 6: m5, m4, m3 and 3 more\.$/);
  });

  test('names the ratio of the mix', () => {
    const ratio = (promptTokens: number, completionTokens: number) =>
      chartOf(four, { mix: { promptTokens, completionTokens }, isOwnMix: true }).ratio;
    assert.deepEqual(
      [ratio(3400, 1000), ratio(123_456, 1000), ratio(1, 4), ratio(5, 0), ratio(0, 5)],
      ['3.4:1', '123:1', '1:4', 'input only', 'output only'],
    );
  });

  test('of an empty list is empty', () => {
    const { points, total } = chartOf([]);
    assert.deepEqual([points, total], [[], 0]);
  });

  for (const { name, traffic } of trafficSources) {
    test(`accounts for every model of the ${name}`, () => {
      const models = parseCatalogue(JSON.parse(traffic.catalogue())) ?? [];
      const chart = chartOf(models);
      assert.equal(chart.total, models.filter(answersInText).length);
      assert.equal(chart.points.length + chart.withoutIndex + chart.withoutPrice, chart.total);
      assert.ok(chart.points.length >= (name === 'recordings' ? 100 : 1));
      const prices = chart.points.map(({ usd }) => Number(usd));
      assert.deepEqual(
        prices,
        prices.toSorted((a, b) => a - b),
      );
      assert.ok(chart.points.every(({ index }) => index > 0 && index <= 100));
    });
  }
});
