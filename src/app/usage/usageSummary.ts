import type { LedgerQueries, SplitBy, UsagePart } from '../../core/ledger/ledgerQueries';
import { toPeriod, type UsagePeriod } from '../../core/ledger/usagePeriod';
import { formatPico } from '../../core/money/pico';
import type { FindPricing } from '../../core/money/pricing';
import { sumCacheSavings } from '../../core/usage/cacheSavings';
import { toChartSpans } from '../../core/usage/chartSpans';
import { toTotalsFigures, toUsageRow } from '../../protocol/usageFigures';
import {
  mostParts,
  type SavingsFigures,
  type SplitFigures,
  type UsageChart,
  type UsageSummary,
} from '../../protocol/usageState';

const mostExpensiveCount = 10;

/** Everything the usage page shows beside its list. */
export async function readSummary(
  queries: LedgerQueries,
  findPricing: FindPricing,
  period: UsagePeriod,
  nowMs: number,
): Promise<UsageSummary> {
  const total = async (name: UsagePeriod) => toTotalsFigures(await queries.usage(toPeriod(name, nowMs)));
  const filter = toPeriod(period, nowMs);
  const split = async (by: SplitBy) => toSplit(await queries.split(by, filter));
  const models = await queries.split('model', filter);
  return {
    nowMs,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    location: queries.location,
    totals: {
      today: await total('today'),
      week: await total('week'),
      month: await total('month'),
      all: await total('all'),
    },
    period,
    chart: await readChart(queries, period, nowMs),
    splits: {
      model: toSplit(models),
      provider: await split('provider'),
      action: await split('action'),
      workspace: await split('workspace'),
      language: await split('language'),
    },
    savings: await toSavings(models, findPricing),
    mostExpensive: (await queries.rows({ filter, sort: 'cost', limit: mostExpensiveCount })).rows.map(
      toUsageRow,
    ),
  };
}

async function readChart(queries: LedgerQueries, period: UsagePeriod, nowMs: number): Promise<UsageChart> {
  const oldest = await queries.rows({ ascending: true, limit: 1 });
  const { unit, boundariesMs } = toChartSpans(period, oldest.rows[0]?.startedAt, nowMs);
  return { unit, boundariesMs, spans: (await queries.series(boundariesMs)).map(toTotalsFigures) };
}

function toSplit(parts: readonly UsagePart[]): SplitFigures {
  return {
    parts: parts.slice(0, mostParts).map(({ value, ...totals }) => ({ value, ...toTotalsFigures(totals) })),
    moreParts: Math.max(0, parts.length - mostParts),
  };
}

async function toSavings(models: readonly UsagePart[], findPricing: FindPricing): Promise<SavingsFigures> {
  const priced = await Promise.all(
    models.map(async tokens => ({
      tokens,
      pricing: tokens.value === undefined ? undefined : await findPricing(tokens.value),
    })),
  );
  const { savedPico, writeExtraPico, unpricedModels } = sumCacheSavings(priced);
  return { savedUsd: formatPico(savedPico), writeExtraUsd: formatPico(writeExtraPico), unpricedModels };
}
