import assert from 'node:assert/strict';
import { costSoFar } from '../../../src/core/chat/costSoFar';
import { toBudgetStop, toSpendLimits } from '../../../src/core/ledger/budgets';
import type { SpendLimit } from '../../../src/core/ledger/ledgerLimits';
import { emptyTotals } from '../../../src/core/ledger/ledgerTotals';
import { describeTotals } from '../../../src/core/ledger/totalsText';
import { estimateSentence, shortEstimate } from '../../../src/core/models/estimateText';
import { stopsBilling } from '../../../src/core/money/stopBilling';
import { isNear, isReached, limitUseText } from '../../../src/core/usage/limitUse';
import { makeAnswer } from '../../support/turns';

const now = new Date(2026, 10, 22, 15, 30).getTime();
const usd = (dollars: number) => BigInt(Math.round(dollars * 1e6)) * 1_000_000n;
const totals = {
  requests: 3,
  spentPico: usd(0.42),
  estimatedPico: usd(0.01),
  estimatedRequests: 1,
  pendingRequests: 2,
  heldPico: usd(0.4),
  unknownRequests: 0,
};

suite('budgets', () => {
  test('limits are the local day, the local month and this window’s own session', () => {
    const limits = toSpendLimits({ sessionPico: 1n, dailyPico: 2n, monthlyPico: 3n }, now);
    assert.deepEqual(limits, [
      { kind: 'session', limitPico: 1n, period: {}, ownRowsOnly: true },
      {
        kind: 'daily',
        limitPico: 2n,
        period: { fromMs: new Date(2026, 10, 22).getTime() },
        ownRowsOnly: false,
      },
      {
        kind: 'monthly',
        limitPico: 3n,
        period: { fromMs: new Date(2026, 10, 1).getTime() },
        ownRowsOnly: false,
      },
    ]);
  });

  test('a limit of zero is a limit, none is none', () => {
    assert.deepEqual(toSpendLimits({}, now), []);
    assert.equal(toSpendLimits({ dailyPico: 0n }, now).length, 1);
  });

  test('of several limits the one passed by the most is told, in exact figures', () => {
    const limit = (kind: SpendLimit['kind'], limitPico: bigint): SpendLimit => ({
      kind,
      limitPico,
      period: {},
    });
    const stop = toBudgetStop(
      [
        { limit: limit('daily', usd(1)), committedPico: usd(0.9), overPico: usd(0.1) },
        { limit: limit('monthly', usd(2)), committedPico: usd(2.5), overPico: usd(0.7) },
      ],
      usd(0.2),
    );
    assert.deepEqual(stop, { kind: 'monthly', limitUsd: '2', committedUsd: '2.5', requestUsd: '0.2' });
    assert.equal(toBudgetStop([], 1n), undefined);
  });

  test('the status bar warns from 80 % and turns at 100 %, running requests counted', () => {
    const limit = { kind: 'daily', limitPico: usd(1), period: {} } as const;
    assert.deepEqual([isNear({ limit, totals }), isReached({ limit, totals })], [true, false]);
    assert.equal(limitUseText({ limit, totals }), '$0.83 of $1 (83 %)');
    const full = { ...totals, heldPico: usd(0.57) };
    assert.equal(isReached({ limit, totals: full }), true);
    assert.equal(isNear({ limit, totals: { ...totals, heldPico: 0n } }), false);
  });
});

suite('money in words', () => {
  test('figures of different kinds are named apart', () => {
    assert.equal(describeTotals(totals), '$0.42 + ≈$0.01 estimated + 2 pending');
  });

  test('sums that are not read yet are no figure', () => {
    assert.equal(describeTotals(undefined), '…');
    assert.equal(describeTotals(emptyTotals), '$0');
  });

  const tokens = { tokens: 1234, lowTokens: 1000, highTokens: 1500, basis: 'none' } as const;

  test('an estimate is a range, free, or only tokens', () => {
    assert.match(
      shortEstimate({ tokens, isFree: false, minPico: usd(0.01), maxPico: usd(0.02) }),
      /^≈ 1,234 tokens, \$0\.01–\$0\.02$/,
    );
    assert.equal(shortEstimate({ tokens, isFree: true, minPico: 0n, maxPico: 0n }), '≈ 1,234 tokens, free');
    assert.equal(shortEstimate({ tokens, isFree: false, minPico: 0n, maxPico: 0n }), '≈ 1,234 tokens, $0');
    assert.equal(shortEstimate({ tokens, isFree: false }), '≈ 1,234 tokens');
    assert.match(estimateSentence({ tokens, isFree: false }, undefined, 10), /not known/);
  });

  test('the cost so far grows with the text and is exact in its own terms', () => {
    const estimate = { promptTokens: 10, promptUsd: '0.001', answerTokenUsd: '0.00000025' };
    assert.equal(costSoFar(makeAnswer(), estimate), '0.001');
    assert.equal(
      costSoFar(makeAnswer({ text: 'x'.repeat(4000), reasoning: 'y'.repeat(4000) }), estimate),
      '0.0015',
    );
    assert.equal(costSoFar(makeAnswer(), { promptTokens: 10 }), undefined);
    assert.equal(costSoFar(makeAnswer(), { ...estimate, answerTokenUsd: '-1' }), undefined);
  });

  test('who stops billing on Stop is known by name, anybody else is not guessed', () => {
    assert.equal(stopsBilling('OpenAI'), true);
    assert.equal(stopsBilling('Amazon Bedrock'), false);
    assert.equal(stopsBilling('Google AI Studio'), false);
    assert.equal(stopsBilling('Somebody New'), undefined);
    assert.equal(stopsBilling(undefined), undefined);
  });
});
