import assert from 'node:assert/strict';
import { type CostPart, sumPico } from '../../../src/core/money/costPart';
import { toCostParts } from '../../../src/core/money/costParts';
import { toRecordedEstimate } from '../../../src/core/money/costRecord';
import { costCause } from '../../../src/core/money/mainCause';
import { Random } from '../ledger/random';
import { type BilledRequest, billRequest, type Cause, causes } from './injectedCauses';

const runs = Number(process.env.ASK_OPENROUTER_CAUSE_RUNS ?? 4);
const pairs = causes.flatMap((first, index) =>
  causes.slice(index + 1).map((second): readonly [Cause, Cause] => [first, second]),
);

const partsOf = (request: BilledRequest): readonly CostPart[] =>
  toCostParts(request, request.pricing, request.atMs);

function causeOf(request: BilledRequest, parts: readonly CostPart[]) {
  const { pricing, estimatedPromptTokens, maxTokens, atMs } = request;
  const estimate = toRecordedEstimate(estimatedPromptTokens, maxTokens, pricing, atMs);
  return costCause({ parts, prices: pricing, estimate }, request.usage, atMs)?.main;
}

/** What costs most by the simulator's own prices. */
const truthOf = ({ truth }: BilledRequest): Cause | undefined =>
  [...truth].toSorted(([, a], [, b]) => Number(b - a))[0]?.[0];

suite('causes of cost, injected into the simulator’s bills', () => {
  test('the parts of every bill add up to it, and each cause alone is named', function () {
    this.timeout(600_000);
    const random = new Random(10);
    const wrong: string[] = [];
    for (const cause of causes) {
      for (let run = 0; run < runs; run++) {
        const request = billRequest([cause], random);
        const parts = partsOf(request);
        assert.equal(sumPico(parts), request.totalPico, cause);
        const [named, truth] = [causeOf(request, parts)?.kind, truthOf(request)];
        // A fee of a twentieth outweighs nothing that it is a fee for.
        if (cause !== 'byokFee') assert.equal(truth, cause);
        if (named !== truth) wrong.push(`${cause}: ${named} instead of ${truth}`);
      }
    }
    assert.ok(wrong.length * 20 <= causes.length * runs, wrong.slice(0, 20).join('\n'));
  });

  test('of any two together the larger is named in at least 95 of 100', function () {
    this.timeout(600_000);
    const random = new Random(11);
    const wrong: string[] = [];
    for (const pair of pairs) {
      for (let run = 0; run < runs; run++) {
        const request = billRequest(pair, random);
        const parts = partsOf(request);
        assert.equal(sumPico(parts), request.totalPico, pair.join());
        const [named, truth] = [causeOf(request, parts)?.kind, truthOf(request)];
        if (named !== truth) wrong.push(`${pair.join(' + ')}: ${named} instead of ${truth}`);
      }
    }
    assert.ok(wrong.length * 20 <= pairs.length * runs, wrong.slice(0, 20).join('\n'));
  });

  test('each part is what the simulator’s own prices say it is', () => {
    const random = new Random(12);
    for (const pair of pairs) {
      // Which of the two raised the price nobody can tell from one figure: all of it is put down to the tier.
      if (pair.includes('tier') && pair.includes('providerDrift')) continue;
      const request = billRequest(pair, random);
      const parts = partsOf(request);
      for (const [kind, truth] of request.truth) {
        const found = sumPico(parts.filter(part => part.kind === kind));
        const off = found > truth ? found - truth : truth - found;
        assert.ok(off <= 10n, `${pair.join(' + ')}: ${kind} is ${truth}, not ${found}`);
      }
    }
  });

  test('parts add up where the server names only the total, and what is not known is said to be so', () => {
    const random = new Random(13);
    for (const pair of pairs) {
      const request = billRequest(pair, random);
      const { promptTokens, completionTokens, costUsd, isByok, upstreamUsd } = request.usage;
      const usage = isByok ? { costUsd, isByok, upstreamUsd } : { promptTokens, completionTokens, costUsd };
      for (const pricing of [request.pricing, undefined]) {
        const parts = toCostParts({ usage, totalPico: request.totalPico }, pricing, request.atMs);
        assert.equal(sumPico(parts), request.totalPico, pair.join());
        if (!pricing && !isByok)
          assert.deepEqual(
            parts.map(({ kind }) => kind),
            ['notExplained'],
          );
      }
    }
  });

  test('whatever figures a server sends, the parts add up and nothing is thrown', () => {
    const random = new Random(14);
    const usd = (): string | undefined =>
      random.pick([undefined, '0', '1e-12', '0.1', '3', '-1', '99999', 'x', String(random.next())]);
    const count = (): number | undefined => random.pick([undefined, 0, 1, 7, 1e6, 2 ** 40, -5, 0.5]);
    for (let run = 0; run < 50 * runs; run++) {
      const usage = {
        ...{ promptTokens: count(), completionTokens: count(), cachedTokens: count() },
        ...{ cacheWriteTokens: count(), reasoningTokens: count(), webSearches: count() },
        ...{ costUsd: usd(), upstreamUsd: usd(), upstreamPromptUsd: usd(), upstreamCompletionUsd: usd() },
        ...{ toolsUsd: usd(), cacheDiscountUsd: usd(), isByok: random.pick([undefined, true, false]) },
      };
      const prices = { prompt: usd(), completion: usd(), inputCacheRead: usd(), webSearch: usd() };
      const pricing = random.pick([
        undefined,
        prices,
        { ...prices, overrides: [{ minPromptTokens: 5, pricing: { prompt: usd() } }] },
      ]);
      const totalPico = BigInt(random.below(1e9)) * BigInt(random.below(3));
      const facts = { totalPico, usage, images: count(), serviceTier: random.pick([undefined, 'flex']) };
      const parts = toCostParts(facts, pricing, 0);
      assert.equal(sumPico(parts), totalPico, JSON.stringify(usage));
      const estimate = toRecordedEstimate(5, 5, pricing, 0);
      assert.equal(costCause({ parts, prices: pricing, estimate }, usage, 0) === undefined, totalPico === 0n);
    }
  });
});
