import type { SplitBy, UsagePart, UsageTotals } from '../core/ledger/ledgerQueries';
import type { Period } from '../core/money/ledger';
import { dayMs, quarterMs } from './ledgerSchema';
import { contributionsOf, partExpressionOf, sumNames, sumOfSums, toUsageTotals } from './ledgerSums';
import type { Connection } from './sqliteFile';

/**
 * The sums of a period: whole quarter hours from the rollup, the ragged ends from the rows. `sums` says
 * which; those left out read as 0.
 */
export function usageOf(connection: Connection, period: Period, sums = sumOfSums): UsageTotals {
  const { whole, head, tail } = cut(period, quarterMs);
  const names = sumNames.join(', ');
  const ends = `SELECT ${contributionsOf('r')} FROM requests r WHERE startedAt >= ? AND startedAt < ?`;
  const sql = `SELECT ${sums} FROM (
    SELECT ${names} FROM quarters WHERE quarter >= ? AND quarter < ? UNION ALL ${ends} UNION ALL ${ends})`;
  return toUsageTotals(connection.prepare(sql).get(...whole, ...head, ...tail) ?? {});
}

/** The sums of a period by part: whole UTC days from the rollup, the ragged ends from the rows. */
export function splitOf(connection: Connection, by: SplitBy, period: Period): readonly UsagePart[] {
  const { whole, head, tail } = cut(period, dayMs);
  const ends = `SELECT ${partExpressionOf(by, 'r')} AS value, ${contributionsOf('r')} FROM requests r
    WHERE startedAt >= ? AND startedAt < ?`;
  const sql = `SELECT value, ${sumOfSums} FROM (
    SELECT value, ${sumNames.join(', ')} FROM parts WHERE dimension = ? AND day >= ? AND day < ?
    UNION ALL ${ends} UNION ALL ${ends}) GROUP BY value HAVING sum(requests) > 0`;
  return connection
    .prepare(sql)
    .all(by, ...whole, ...head, ...tail)
    .map(row => ({ value: String(row.value) || undefined, ...toUsageTotals(row) }));
}

type Range = readonly [from: number, to: number];

/** Cuts a period into whole `unitMs` units (as unit numbers) and what is left over at either end (as ms). */
function cut({ fromMs = 0, toMs = Number.MAX_SAFE_INTEGER }: Period, unitMs: number) {
  const [first, last] = [Math.ceil(fromMs / unitMs), Math.floor(toMs / unitMs)];
  if (first >= last) return { whole: [0, 0] as Range, head: [fromMs, toMs] as Range, tail: [0, 0] as Range };
  return {
    whole: [first, last] as Range,
    head: [fromMs, first * unitMs] as Range,
    tail: [last * unitMs, toMs] as Range,
  };
}
