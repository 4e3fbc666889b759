import assert from 'node:assert/strict';
import type { AnswerLength, Workload } from '../../../src/core/ledger/workload';
import type { Model, ModelEndpoint } from '../../../src/core/models/model';
import type { Pricing } from '../../../src/core/money/pricing';
import { fitLine } from '../../../src/core/usage/whatIf/line';
import { cutsFor, type Move } from '../../../src/core/usage/whatIf/move';
import { exactly } from '../../../src/core/usage/whatIf/range';
import { routePrices } from '../../../src/core/usage/whatIf/routePrices';
import { learntRatio, tokenRatio } from '../../../src/core/usage/whatIf/tokenRatio';
import { type WhatIf, whatIf } from '../../../src/core/usage/whatIf/whatIf';
import { makeModel } from '../../support/models';
import { Random } from '../ledger/random';

const nowMs = Date.UTC(2026, 7, 5, 12);

/** Requests alike, of one action to one model. */
function workload(changes: Partial<Workload> = {}): Workload {
  const { requests = 10, promptTokens = 10_000, completionTokens = 2000, reasoningTokens = 0 } = changes;
  const [x, y] = [promptTokens / requests, (completionTokens - reasoningTokens) / requests];
  return {
    ...{ action: 'fix', model: 'a/used', requests, mostPromptTokens: x, atMs: nowMs, costPico: 5_000_000n },
    ...{ promptTokens, cachedTokens: 0, cacheWriteTokens: 0, completionTokens, reasoningTokens },
    ...{ promptSquares: requests * x * x, promptTimesAnswer: requests * x * y },
    ...{ answerSquares: requests * y * y },
    ...changes,
  };
}

const pricing: Pricing = { prompt: '0.000001', completion: '0.000002' };

function moveTo(changes: Partial<Model> = {}, more: Partial<Move> = {}): Move {
  const target = makeModel({ id: 'b/other', pricing, ...changes });
  const found = routePrices(target, 'listed', undefined);
  assert.ok('prices' in found);
  return { target, prices: found.prices, ratio: exactly(1), isSameModel: false, ...more };
}

const answers = (
  count: number,
  completionTokens: number,
  more: Partial<AnswerLength> = {},
): readonly AnswerLength[] =>
  Array.from({ length: count }, () => ({
    ...{ action: 'fix', promptTokens: 1000, cachedTokens: 0, completionTokens, reasoningTokens: 0 },
    ...more,
  }));

const only = (workloads: readonly Workload[], move: Move, trials: readonly AnswerLength[] = []): WhatIf =>
  whatIf(workloads, () => move, trials);

suite('What a period would have cost', () => {
  test('as many tokens at the prices of the other model, and a range around them', () => {
    const { actions, total } = only([workload()], moveTo());
    // 10,000 × $0.000001 + 2,000 × $0.000002
    assert.equal(total.would.likely, 14_000_000_000n);
    assert.ok(total.would.low < total.would.likely && total.would.likely < total.would.high);
    assert.deepEqual(
      actions.map(({ action, requests, costPico, mostUsed }) => [action, requests, costPico, mostUsed]),
      [['fix', 10, 5_000_000n, 'a/used']],
    );
  });

  test('tokens are converted between tokenizers, those of answers too', () => {
    const ratio = { low: 1, likely: 1.2, high: 1.3 };
    assert.equal(only([workload()], moveTo({}, { ratio })).total.would.likely, 16_800_000_000n);
  });

  test('the model itself costs its own prices exactly', () => {
    const own = only(
      [workload({ completionTokens: 2000, reasoningTokens: 500 })],
      moveTo({}, { isSameModel: true }),
    );
    assert.deepEqual(own.total.would, {
      low: 14_000_000_000n,
      likely: 14_000_000_000n,
      high: 14_000_000_000n,
    });
  });

  test('what it answered before tells how long its answers are, the more the more it was asked', () => {
    const likely = (trials: readonly AnswerLength[]) =>
      only([workload()], moveTo(), trials).total.would.likely;
    const [few, many] = [likely(answers(1, 400)), likely(answers(100, 400))];
    // Twice as long: 10,000 × $0.000001 + 4,000 × $0.000002
    assert.ok(Math.abs(Number(many - 18_000_000_000n)) < 200_000_000, String(many));
    assert.ok(few > 14_000_000_000n && few <= many);
  });

  test('reasoning is taken from its own answers, else from models that reason, else assumed', () => {
    const thinker = moveTo({ reasoning: { isMandatory: true } });
    const reasoned = workload({ model: 'a/thinks', completionTokens: 3000, reasoningTokens: 1000 });
    assert.equal(only([workload()], moveTo()).reasoning, 'none');
    assert.equal(only([workload()], thinker).reasoning, 'assumed');
    // As many tokens again as the answer has.
    assert.equal(only([workload()], thinker).total.would.likely, 18_000_000_000n);
    const habit = only([workload(), reasoned], thinker);
    assert.equal(habit.reasoning, 'habit');
    // Both answers are 2,000 tokens, and 1,000 of reasoning for ten requests.
    assert.equal(habit.total.would.likely, 32_000_000_000n);
    const own = only([workload()], thinker, answers(50, 500, { reasoningTokens: 300 }));
    assert.equal(own.reasoning, 'own');
    assert.equal(own.total.would.likely, 20_000_000_000n);
    // One that does not reason does not bill what another one reasoned.
    assert.equal(only([reasoned], moveTo()).total.would.likely, 14_000_000_000n);
  });

  test('caches count at the target’s prices, where it has some, and at the most not at all', () => {
    const cached = workload({ cachedTokens: 8000, cacheWriteTokens: 1000 });
    const priced = moveTo({
      pricing: { ...pricing, inputCacheRead: '0.0000001', inputCacheWrite: '0.000002' },
    });
    // 1,000 plain, 8,000 read, 1,000 written, 2,000 out
    assert.equal(only([cached], priced).total.would.likely, 7_800_000_000n);
    assert.ok(only([cached], priced).total.would.high > 14_000_000_000n);
    assert.equal(only([cached], moveTo()).total.would.likely, 14_000_000_000n);
  });

  test('a fee for each request, long prompts and hours have their prices', () => {
    const dear = { prompt: '0.000002', completion: '0.000004' };
    const long = moveTo({ pricing: { ...pricing, overrides: [{ minPromptTokens: 999, pricing: dear }] } });
    assert.equal(only([workload()], long).total.would.likely, 28_000_000_000n);
    const fee = moveTo({ pricing: { ...pricing, request: '0.001' } });
    assert.equal(only([workload()], fee).total.would.likely, 24_000_000_000n);
    const hours = [{ utcStart: '1100', utcEnd: '1300', pricing: dear }];
    const timed = moveTo({ pricing: { ...pricing, overrides: hours } });
    const early = workload({ atMs: nowMs - 2 * 3_600_000 });
    assert.equal(only([workload(), early], timed).total.would.likely, 42_000_000_000n);
  });

  test('rows are told apart where prices change, and where a prompt does not fit', () => {
    const overrides = [
      { minPromptTokens: 1000, pricing },
      { utcStart: '1630', utcEnd: '30', pricing },
      { utcDays: [0, 6], pricing },
    ];
    const ratio = { low: 1, likely: 1.25, high: 1.5 };
    const move = moveTo({ contextTokens: 2001, pricing: { ...pricing, overrides } }, { ratio });
    assert.deepEqual(cutsFor([move, move]), {
      promptTokens: [800, 1600],
      minutesOfDay: [16 * 60 + 30],
      byWeekday: true,
    });
    const { tooLong, total } = only([workload(), workload({ mostPromptTokens: 1601 })], move);
    assert.deepEqual([tooLong, total.requests], [10, 10]);
  });

  test('requests to a model without a price there are counted apart', () => {
    const found = whatIf(
      [workload(), workload({ model: 'x/y', requests: 3 })],
      model => (model === 'x/y' ? undefined : moveTo()),
      [],
    );
    assert.deepEqual([found.unmoved, found.total.requests], [3, 10]);
  });

  test('no requests are no figures', () => {
    const { actions, total } = only([], moveTo());
    assert.deepEqual([actions, total.would.likely], [[], 0n]);
  });

  test('whatever the rows are, the likely figure lies within the range, and nothing is negative', () => {
    const random = new Random(3);
    for (let run = 0; run < 300; run += 1) {
      const some = Array.from({ length: 1 + random.below(6) }, (_, index) => {
        const requests = 1 + random.below(40);
        const [promptTokens, completionTokens] = [random.below(50_000), random.below(9000)];
        const cachedTokens = random.below(promptTokens + 1);
        return workload({
          ...{ action: `a${index % 3}`, model: `m/${index % 4}`, requests, promptTokens, completionTokens },
          ...{ cachedTokens, cacheWriteTokens: random.below(promptTokens - cachedTokens + 1) },
          reasoningTokens: random.below(completionTokens + 1),
        });
      });
      const trials = answers(random.below(8), random.below(3000), {
        action: 'a1',
        promptTokens: random.below(3000),
      });
      const ratio = { low: 0.9, likely: 1 + random.next() / 2, high: 1.6 };
      const { actions, total } = only(
        some,
        moveTo({ reasoning: { isMandatory: random.chance(0.5) } }, { ratio }),
        trials,
      );
      for (const { would } of [...actions, total])
        assert.ok(would.low >= 0n && would.low <= would.likely && would.likely <= would.high);
    }
  });
});

suite('Prices of a route', () => {
  const model = makeModel({ id: 'b/other', pricing });
  const dear: ModelEndpoint = {
    provider: 'OpenAI',
    tag: 'openai',
    pricing: { prompt: '0.0000015', completion: '0.000003' },
  };
  const cheap: ModelEndpoint = { provider: 'Novita', tag: 'novita/fp8', pricing };

  test('the floor is the cheapest endpoint, flex tiers included, and at the most an ordinary one', () => {
    const found = routePrices(model, 'floor', [dear, cheap]);
    assert.ok('prices' in found);
    assert.deepEqual(found.prices.likely, { pricing: dear.pricing, percent: 50n });
    assert.deepEqual(found.prices.high, { pricing, percent: 100n });
  });

  test('flex is half of the price of who has it, or what an endpoint of that tier lists', () => {
    const found = routePrices(model, 'flex', [cheap, dear]);
    assert.ok('prices' in found);
    assert.deepEqual(found.prices.likely, { pricing: dear.pricing, percent: 50n });
    assert.deepEqual(found.prices.high, { pricing: dear.pricing, percent: 100n });
    const listed = { ...cheap, tag: 'google-vertex/flex' };
    const own = routePrices(model, 'flex', [listed, { ...dear, tag: 'azure' }]);
    assert.ok('prices' in own);
    assert.deepEqual(own.prices.likely, { pricing, percent: 100n });
  });

  test('where there is no figure, a sentence says why', () => {
    const reasonOf = (...args: Parameters<typeof routePrices>): string => {
      const found = routePrices(...args);
      return 'reason' in found ? found.reason : '';
    };
    const varying = makeModel({ pricing: { prompt: '-1', completion: '-1' } });
    assert.match(reasonOf(varying, 'listed', undefined), /depends on the model that it chooses/);
    assert.match(reasonOf(makeModel({ pricing: {} }), 'listed', undefined), /names no price/);
    const odd = makeModel({ pricing: { ...pricing, inputCacheRead: 'dear' } });
    assert.match(reasonOf(odd, 'listed', undefined), /names no price/);
    assert.match(reasonOf(model, 'floor', undefined), /cannot be looked up now/);
    assert.match(reasonOf(model, 'flex', [cheap]), /has a flex tier/);
    assert.match(reasonOf(model, 'floor', []), /has a price/);
  });
});

suite('How tokens of one model count with another', () => {
  const counts = (ratio: number, count = 5) =>
    Array.from({ length: count }, () => ({
      model: 'm',
      promptTokens: 100 * ratio,
      estimatedPromptTokens: 100,
    }));

  test('one tokenizer counts alike, two as they do for code, or as this user’s requests show', () => {
    assert.deepEqual(tokenRatio({ family: 'GPT' }, { family: 'GPT' }), exactly(1));
    assert.equal(tokenRatio({ family: 'GPT' }, { family: 'Claude' }).likely, 1.09);
    const [from, to] = [learntRatio(counts(1.1)), learntRatio(counts(1.32))];
    const learnt = tokenRatio({ family: 'GPT', learnt: from }, { family: 'Claude', learnt: to });
    assert.ok(Math.abs(learnt.likely - 1.308) < 1e-9);
    // One side alone may be off for the same reason as the other.
    assert.equal(tokenRatio({ family: 'GPT', learnt: from }, { family: 'Claude' }).likely, 1.09);
    assert.equal(learntRatio(counts(2, 4)), undefined);
  });

  test('a tokenizer that was not measured has a wider range', () => {
    const width = (family: string): number => {
      const { low, high } = tokenRatio({ family: 'GPT' }, { family });
      return high - low;
    };
    assert.ok(width('Mistral') > width('Claude'));
  });
});

suite('A line through sums of points', () => {
  const sums = (points: readonly (readonly [number, number])[]) =>
    points.map(([x, y]) => ({ n: 1, x, y, xx: x * x, xy: x * y, yy: y * y }));

  test('is the nearest one, and neither falls nor starts below nothing', () => {
    assert.deepEqual(
      fitLine(
        sums([
          [0, 10],
          [10, 30],
          [20, 50],
        ]),
      ),
      { base: 10, slope: 2, scatter: 0 },
    );
    assert.equal(
      fitLine(
        sums([
          [0, 50],
          [10, 10],
        ]),
      )?.slope,
      0,
    );
    assert.equal(
      fitLine(
        sums([
          [10, 1],
          [20, 30],
        ]),
      )?.base,
      0,
    );
    assert.equal(fitLine([]), undefined);
    assert.equal(fitLine(sums([[5, 0]])), undefined);
  });
});
