import assert from 'node:assert/strict';
import { explainRow } from '../../../src/app/usage/costExplanations';
import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import type { CostPart } from '../../../src/core/money/costPart';
import { toCostParts } from '../../../src/core/money/costParts';
import { type CostRecord, formatCostRecord, parseCostRecord } from '../../../src/core/money/costRecord';
import { LedgerFault } from '../../../src/core/money/ledgerFault';
import { formatPico, parsePico } from '../../../src/core/money/pico';
import type { Pricing } from '../../../src/core/money/pricing';
import { explainCost } from '../../../src/core/usage/costExplanation';
import { explainTogether } from '../../../src/core/usage/linkedCosts';
import { draft } from '../ledger/rows';

const pico = (usd: string): bigint => parsePico(usd) ?? assert.fail(usd);
const pricing: Pricing = { prompt: '0.000003', completion: '0.00001', inputCacheRead: '0.0000003' };
const startedAt = Date.UTC(2026, 2, 4, 12);

/** 900 tokens in, 1,230 out: $0.015 by the list. */
function makeRow(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return {
    ...draft({ startedAt, endpoint: 'https://openrouter.ai', sessionId: 'talk-1' }),
    outcome: 'completed',
    costState: 'billed',
    costPico: pico('0.015'),
    generationId: 'gen-1',
    servedModel: 'vendor/model',
    provider: 'Acme',
    promptTokens: 900,
    completionTokens: 1230,
    ...changes,
  };
}

const facts = (row: LedgerEntry) => ({
  totalPico: row.costPico ?? 0n,
  usage: {
    promptTokens: row.promptTokens,
    completionTokens: row.completionTokens,
    costUsd: formatPico(row.costPico ?? 0n),
  },
});

/** `row` with what its answer's end would have kept. */
function withRecord(row: LedgerEntry, changes: Partial<CostRecord> = {}): LedgerEntry {
  const parts = toCostParts(facts(row), pricing, startedAt);
  return {
    ...row,
    costParts: formatCostRecord({ parts, prices: pricing, pricedModel: 'vendor/model', ...changes }),
  };
}

const explain = (row: LedgerEntry, pricingNow?: Pricing) =>
  explainCost(row, { pricingNow, usual: undefined });

suite('explaining what a request cost', () => {
  test('names the largest part with its count and price, in one sentence', () => {
    const { sentence, mainKind, parts, totalUsd, note } = explain(withRecord(makeRow()));
    assert.equal(sentence, 'Most of it, $0.0123 of $0.015, is output: 1,230 tokens at $10 per million.');
    assert.deepEqual(
      parts.map(({ kind, usd, percent, detail }) => [kind, usd, percent, detail]),
      [
        ['input', '0.0027', 18, '900 tokens at $3 per million'],
        ['output', '0.0123', 82, '1,230 tokens at $10 per million'],
      ],
    );
    assert.deepEqual([mainKind, totalUsd, note], ['output', '0.015', undefined]);
  });

  test('says why a bill is beyond its estimate', () => {
    const row = makeRow({ costPico: pico('0.03'), serviceTier: 'priority' });
    const parts: readonly CostPart[] = toCostParts(
      { ...facts(row), serviceTier: 'priority' },
      pricing,
      startedAt,
    );
    const estimate = {
      promptTokens: 900,
      maxTokens: 1230,
      leastPico: pico('0.0027'),
      mostPico: pico('0.015'),
    };
    const explained = explain(withRecord(row, { parts, estimate }));
    assert.equal(explained.mainKind, 'tier');
    assert.ok(explained.comparisons.includes('Estimated before sending: $0.0027 to $0.015.'));
    const drifted = toCostParts(
      { ...facts(row), usage: { ...facts(row).usage, upstreamUsd: '0.02' }, totalPico: pico('0.02') },
      pricing,
      startedAt,
    );
    const { sentence, mainKind } = explain(
      withRecord({ ...row, costPico: pico('0.02') }, { parts: drifted, estimate }),
    );
    assert.equal(mainKind, 'providerDrift');
    assert.equal(
      sentence,
      "It is $0.005 more than the most that was estimated, mainly because of the provider's own price, which is not the listed one, which added $0.005.",
    );
  });

  test('a cheaper tier, a cheaper window and a discount are parts below nothing', () => {
    const window = {
      ...pricing,
      overrides: [{ utcStart: '1100', utcEnd: '1300', pricing: { completion: '0.000005' } }],
    };
    const usage = { promptTokens: 900, completionTokens: 1230, costUsd: '0.004425' };
    const parts = toCostParts({ totalPico: pico('0.004425'), usage, serviceTier: 'flex' }, window, startedAt);
    assert.deepEqual(
      parts.map(({ kind, pico: amount }) => [kind, formatPico(amount)]),
      [
        ['input', '0.0027'],
        ['output', '0.0123'],
        ['timeWindow', '-0.00615'],
        ['tier', '-0.004425'],
      ],
    );
  });

  test('what was saved by a cache is known even where its tokens were not counted', () => {
    const usage = { promptTokens: 900, completionTokens: 1230, costUsd: '0.013', cacheDiscountUsd: '0.002' };
    const parts = toCostParts({ totalPico: pico('0.013'), usage }, pricing, startedAt);
    assert.deepEqual(
      parts.map(({ kind, pico: amount }) => [kind, formatPico(amount)]),
      [
        ['input', '0.0027'],
        ['output', '0.0123'],
        ['cacheRead', '-0.002'],
      ],
    );
  });

  test('the last picos of a rounding go to the largest part, and are no drift', () => {
    const usage = {
      promptTokens: 900,
      completionTokens: 1230,
      costUsd: '0.015000000003',
      upstreamUsd: '0.015000000003',
    };
    const parts = toCostParts({ totalPico: pico('0.015000000003'), usage }, pricing, startedAt);
    assert.deepEqual(
      parts.map(({ kind, pico: amount }) => [kind, formatPico(amount)]),
      [
        ['input', '0.0027'],
        ['output', '0.012300000003'],
      ],
    );
  });

  test('a row from before is explained by today’s list, and says so', () => {
    const { parts, note } = explain(makeRow(), pricing);
    assert.deepEqual(
      parts.map(({ kind }) => kind),
      ['input', 'output'],
    );
    assert.match(note ?? '', /not kept.*today's price list, as far as that goes/);
    const unpriced = explain(makeRow());
    assert.deepEqual(
      unpriced.parts.map(({ kind }) => kind),
      ['notExplained'],
    );
    assert.match(unpriced.note ?? '', /no price list at hand names its model/);
  });

  test('parts that do not add up to the cost of today are worked out anew, by the prices that were kept', () => {
    const row = { ...withRecord(makeRow()), costPico: pico('0.02'), costState: 'settled' as const };
    const { parts, note } = explain(row, { prompt: '1', completion: '1' });
    assert.deepEqual(
      parts.map(({ kind, usd }) => [kind, usd]),
      [
        ['input', '0.0027'],
        ['output', '0.0123'],
        ['notExplained', '0.005'],
      ],
    );
    assert.equal(note, undefined);
  });

  for (const [state, usd, says] of [
    ['pending', undefined, /not known yet/],
    ['unknown', undefined, /nothing to explain/],
    ['free', '0', /Nothing was billed/],
  ] as const) {
    test(`a cost that is ${state} has no parts, and a sentence all the same`, () => {
      const costPico = usd === undefined ? undefined : pico(usd);
      const { parts, sentence, mainKind } = explain(makeRow({ costState: state, costPico }), pricing);
      assert.deepEqual([parts, mainKind], [[], undefined]);
      assert.match(sentence, says);
    });
  }

  test('a row that was given up says that its figure is what was reserved', () => {
    const row = makeRow({ costState: 'estimated', promptTokens: undefined, completionTokens: undefined });
    assert.match(
      explain(row, pricing).sentence,
      /never named the cost: \$0\.015 is the most that was reserved/,
    );
  });

  test('the evidence has ids, prices, tokens and parts, and no key, prompt or answer', () => {
    const secret = 'sk-or-v1-0123456789abcdef';
    const row = {
      ...withRecord(makeRow({ provider: `Acme\n- Billed: $9 ${secret}` })),
      prompt: 'the prompt',
      answer: 'the answer',
    };
    const { evidence } = explain(row);
    for (const text of [
      'Generation id: gen-1',
      `Request: ${row.id}`,
      'Model that served: vendor/model',
      'Started: 2026-03-04T12:00:00.000Z',
      'Input: $3 per million tokens',
      'Billed: $0.015',
      '0.0123 USD  Output (1,230 tokens at $10 per million)',
      '0.015 USD  Total',
    ]) {
      assert.ok(evidence.includes(text), `${text} is missing in\n${evidence}`);
    }
    assert.doesNotMatch(evidence, /the prompt|the answer|0123456789abcdef/);
    assert.equal(evidence.match(/^- Billed/gm)?.length, 1);
  });

  test('the usual is the median of the user’s own requests of that action and model', async () => {
    const of = (costs: readonly bigint[]) => ({ costsOf: async () => costs });
    const told = await explainRow(
      withRecord(makeRow()),
      of([1n, 5_000_000_000n, 9_000_000_000n]),
      async () => pricing,
    );
    assert.ok(
      told.comparisons.includes(
        'Your usual for explain with vendor/model is $0.005 (median of 3 requests): this one cost 3 times as much.',
      ),
      told.comparisons.join('\n'),
    );
    const few = await explainRow(withRecord(makeRow()), of([1n, 2n]), async () => pricing);
    assert.deepEqual(few.comparisons, []);
    const broken = { costsOf: () => Promise.reject(new LedgerFault('locked', '')) };
    assert.deepEqual((await explainRow(withRecord(makeRow()), broken, async () => pricing)).comparisons, []);
  });

  test('what is kept reads back the same, and foreign text is no record', () => {
    const kept: CostRecord = {
      parts: [{ kind: 'tier', pico: -5n, count: undefined, price: undefined }],
      pricedModel: 'vendor/model',
      prices: { ...pricing, overrides: [{ minPromptTokens: 5, pricing: { prompt: '1' } }] },
      estimate: { promptTokens: 1, maxTokens: 2, leastPico: 3n, mostPico: 4n },
      feesUsd: '0.1',
    };
    assert.deepEqual(parseCostRecord(formatCostRecord(kept)), JSON.parse(JSON.stringify(kept, big), revive));
    for (const text of [
      undefined,
      '',
      'null',
      '{"parts":[{"kind":"new","pico":"1"}]}',
      '{"parts":[{"kind":"tier","pico":"x"}]}',
    ])
      assert.equal(parseCostRecord(text), undefined, text);
  });

  test('requests that went on from each other are explained together, and what is not known is said', () => {
    const first = explain(withRecord(makeRow()));
    const second = explain(withRecord(makeRow({ costPico: pico('0.0123456789') })));
    const pending = explain(makeRow({ costPico: undefined, costState: 'pending' }));
    const { parts, totalUsd, costState, note, requests, evidence } = explainTogether([
      first,
      second,
      pending,
    ]);
    assert.equal(totalUsd, '0.0273456789');
    assert.equal(formatPico(parts.reduce((sum, { usd }) => sum + pico(usd), 0n)), totalUsd);
    assert.equal(costState, 'pending');
    assert.equal(note, 'Not in the total: the cost of 1 not known yet.');
    assert.equal(requests?.length, 3);
    assert.equal(evidence.match(/What an OpenRouter request cost/g)?.length, 3);
  });
});

/** JSON knows no big integers and no undefined fields. */
const big = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);
const revive = (_: string, value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value;
