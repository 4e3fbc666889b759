import assert from 'node:assert/strict';
import { sumPico } from '../../../src/core/money/costPart';
import { toCostParts } from '../../../src/core/money/costParts';
import { parsePico } from '../../../src/core/money/pico';
import { settledCost, trueCost } from '../../../src/core/money/trueCost';
import type { Usage } from '../../../src/core/money/usage';
import { readGenerationUsage, readUsage } from '../../../src/openrouter/wire/usage';
import { createMemoryLedger } from '../../support/ledger/memoryLedger';
import { type Recording, trafficSources } from '../../support/openrouter/traffic';
import { draft } from '../ledger/rows';

interface WireUsage {
  readonly cost?: number | null;
  readonly cost_details?: { readonly upstream_inference_cost?: number | null };
}

/** The last usage of every answer that has one. */
function usagesOf(recordings: readonly Recording[]): readonly WireUsage[] {
  const answers = recordings.filter(({ kind }) => !/^(models|generation|http)/.test(kind));
  return answers.flatMap(({ response: { body } }) => {
    const lines = body.split('\n').filter(line => line.startsWith('data: {'));
    const events = lines.length ? lines.map(line => line.slice('data: '.length)) : [body];
    return events
      .map(event => JSON.parse(event).usage)
      .filter(usage => usage)
      .slice(-1);
  });
}

/** Trillionths by way of floats and text: another road than the one under test. */
function toPico(usd: number): bigint {
  return BigInt(usd.toFixed(12).replace('.', ''));
}

const withByok = (usage: Usage | undefined, isByok: boolean): Usage => ({ ...usage, isByok });

for (const { name: source, traffic } of trafficSources) {
  suite(`Costs of traffic: ${source}`, () => {
    const { recordings } = traffic;
    const usages = usagesOf(recordings);
    const billed = usages.flatMap(wire =>
      typeof wire.cost === 'number' ? [{ wire, cost: wire.cost, usage: readUsage(wire) }] : [],
    );

    const ledgerSum = async (isByok: boolean): Promise<bigint> => {
      const ledger = createMemoryLedger();
      for (const { usage } of billed) {
        const row = draft();
        const cost = trueCost(withByok(usage, isByok), undefined, 0);
        await ledger.begin(row);
        await ledger.update(row.id, { costState: cost.state, costPico: parsePico(cost.usd ?? '') });
      }
      return (await ledger.totals({})).spentPico;
    };

    test('there are enough of them to mean something', () => {
      assert.ok(billed.length >= 50, `${billed.length} of ${usages.length}`);
      assert.ok(usages.length > billed.length, 'some name no cost');
    });

    test('without BYOK the total is the sum of the costs, however the upstream field is filled', async () => {
      assert.equal(
        await ledgerSum(false),
        billed.reduce((sum, { cost }) => sum + toPico(cost), 0n),
      );
    });

    test('the same rows with BYOK add what the upstream billed', async () => {
      const upstream = billed.map(({ wire }) => wire.cost_details?.upstream_inference_cost ?? 0);
      assert.ok(upstream.some(cost => cost > 0));
      const costs = billed.reduce((sum, { cost }) => sum + toPico(cost), 0n);
      assert.equal(
        await ledgerSum(true),
        upstream.reduce((sum, cost) => sum + toPico(cost), costs),
      );
    });

    test('every recorded bill splits into parts that add up to it', () => {
      for (const { usage } of billed) {
        const { usd = '0' } = trueCost(usage, undefined, 0);
        const totalPico = parsePico(usd) ?? 0n;
        const parts = toCostParts({ totalPico, usage: usage ?? {} }, undefined, 0);
        assert.equal(sumPico(parts), totalPico);
      }
    });

    test('answers that name no cost are unknown, not free', () => {
      for (const wire of usages) {
        if (wire.cost === undefined) assert.equal(trueCost(readUsage(wire), undefined, 0).state, 'unknown');
      }
    });

    test('recorded generations settle to their total cost', () => {
      const generations = recordings.filter(({ kind }) => kind === 'generation');
      assert.ok(generations.length > 0);
      for (const { name, response } of generations) {
        const { data } = JSON.parse(response.body);
        const cost = settledCost(readGenerationUsage(data), undefined, 0);
        assert.equal(parsePico(cost.usd ?? ''), toPico(data.total_cost), name);
        assert.equal(cost.state, data.total_cost === 0 ? 'free' : 'settled');
      }
    });
  });
}
