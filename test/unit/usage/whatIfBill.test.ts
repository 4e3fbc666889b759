import assert from 'node:assert/strict';
import type { WhatIfAnswer } from '../../../src/app/usage/whatIfReading';
import type { Period } from '../../../src/core/ledger/period';
import { quantile } from '../../../src/core/money/estimate';
import { AskedWorld } from '../../support/usage/askedWorld';

const chosenRows = process.env.ASK_OPENROUTER_FUZZ_RUNS;
const rows = Number(chosenRows ?? 90);
const fromMs = Date.UTC(2026, 5, 1);
const days = 60;
const dayMs = 86_400_000;
const month: Period = { fromMs, toMs: fromMs + 30 * dayMs };

/** What the user asks most, and what now and then: with other tokenizers, reasoning, and prices that depend. */
const usual = { 'openai/gpt-4o-mini': 35, 'anthropic/claude-sonnet-4.5': 25, 'openai/gpt-4.1': 20 };
const tried = [
  'mistralai/devstral-2512',
  'qwen/qwen3-coder',
  'anthropic/claude-haiku-4.5',
  'google/gemini-2.5-flash',
  'openai/gpt-5-mini',
  'deepseek/deepseek-v3.2',
  'x-ai/grok-4',
] as const;
const weights = { ...usual, ...Object.fromEntries(tried.map(model => [model, 3])) };
const targets = chosenRows === undefined ? tried.slice(0, 2) : tried;

suite('What-if against the bill of a real re-run', function () {
  this.timeout(3_600_000);
  let world: AskedWorld;
  suiteSetup(async () => {
    world = await AskedWorld.create(11);
  });
  suiteTeardown(() => world.dispose());

  test('the median error is at most 5 %, per month and action, and ranges hold', async () => {
    await world.ask(rows, weights, fromMs, days);
    const found: Found[] = [];
    for (const target of targets) {
      const bill = (await world.billOf(target)).map(({ costPico }) => costPico);
      // Once as the ledger is, once as that of somebody who never asked a model that counts tokens like the target.
      const isAlike = (model: string) => world.familyOf(model) === world.familyOf(target);
      const without = await world.without(isAlike);
      for (const period of [month, {}]) {
        found.push(...compare('asked', target, await world.whatIf(target, { period }), bill, period));
        const answer = await world.whatIf(target, { period, ledger: without });
        found.push(...compare('never asked', target, answer, bill, period, isAlike));
      }
    }
    if (chosenRows !== undefined) console.log(report(found));
    assert.ok(medianOf(found) <= 0.05, report(found));
    assert.ok(insideOf(found) >= 0.8, report(found));
  });

  interface Found {
    readonly kind: string;
    readonly target: string;
    /** |foretold − billed| / billed. */
    readonly error: number;
    /** The bill lies within the range. */
    readonly isInside: boolean;
  }

  /** One for each action, and one for all. */
  function compare(
    kind: string,
    target: string,
    { actions, total }: WhatIfAnswer,
    bill: readonly bigint[],
    { fromMs: start = 0, toMs: end = Number.POSITIVE_INFINITY }: Period,
    isLeftOut: (model: string) => boolean = () => false,
  ): readonly Found[] {
    const billed = (action?: string): bigint =>
      world.questions.reduce((sum, question, index) => {
        const isCounted =
          (action === undefined || question.action === action) &&
          question.atMs >= start &&
          question.atMs < end &&
          !isLeftOut(question.model);
        return isCounted ? sum + (bill[index] ?? 0n) : sum;
      }, 0n);
    return [...actions, { action: undefined, ...total }].map(({ action, would }) => {
      const truth = billed(action);
      const error = Math.abs(Number(would.likely - truth)) / Number(truth);
      return { kind, target, error, isInside: would.low <= truth && truth <= would.high };
    });
  }

  const medianOf = (found: readonly Found[]): number =>
    quantile(
      found.map(({ error }) => error),
      0.5,
    ) ?? 1;
  const insideOf = (found: readonly Found[]): number =>
    found.filter(({ isInside }) => isInside).length / found.length;

  function report(found: readonly Found[]): string {
    const line = (name: string, some: readonly Found[]): string => {
      const p90 =
        quantile(
          some.map(({ error }) => error),
          0.9,
        ) ?? 1;
      const [median, ninety, inside] = [medianOf(some), p90, insideOf(some)].map(
        share => `${(share * 100).toFixed(1)} %`,
      );
      return `${name}: ${some.length} figures, median error ${median}, 90th percentile ${ninety}, within the range ${inside}`;
    };
    const kinds = ['asked', 'never asked'].map(kind =>
      line(
        kind,
        found.filter(each => each.kind === kind),
      ),
    );
    const each = targets.map(target =>
      line(
        target,
        found.filter(one => one.target === target),
      ),
    );
    return [line(`${rows} rows`, found), ...kinds, ...each].join('\n');
  }
});

suite('What-if by another route', () => {
  let world: AskedWorld;
  suiteSetup(async () => {
    world = await AskedWorld.create(5);
    await world.ask(12, { 'openai/gpt-4.1': 1 }, fromMs, 3);
  });
  suiteTeardown(() => world.dispose());

  const sum = (entries: readonly { readonly costPico: bigint }[]): bigint =>
    entries.reduce((total, { costPico }) => total + costPico, 0n);
  /** Each request is rounded by itself there, and all together here. */
  const isClose = (one: bigint, other: bigint): boolean => one - other < 100n && other - one < 100n;

  test('the same models on the flex tier cost what flex billed', async () => {
    const { total } = await world.whatIf(undefined, { route: 'flex' });
    const billed = sum(await world.billOf('openai/gpt-4.1', 'flex'));
    assert.ok(isClose(total.would.likely, billed), `${total.would.likely} ${billed}`);
    assert.ok(isClose(total.would.high, total.costPico));
  });

  test('the same models on :floor cost what the cheapest provider billed', async () => {
    const { total } = await world.whatIf(undefined, { route: 'floor' });
    const billed = sum(await world.billOf('openai/gpt-4.1:floor'));
    assert.ok(isClose(total.would.likely, billed), `${total.would.likely} ${billed}`);
  });

  test('the price of the model itself is what it cost', async () => {
    const { total } = await world.whatIf('openai/gpt-4.1');
    assert.ok(isClose(total.would.likely, total.costPico));
    assert.ok(isClose(total.would.high, total.costPico));
  });
});
