import type { SplitBy, UsagePart, UsageTotals } from '../core/ledger/ledgerQueries';
import type { Period } from '../core/ledger/period';
import {
  contributionsOf,
  dayMs,
  partExpressionOf,
  quarterMs,
  sumNames,
  sumOfSums,
  toUsageTotals,
} from './ledgerSums';
import type { Connection } from './sqliteFile';

const rowSums = `SELECT ${contributionsOf('r')} FROM requests r WHERE startedAt >= ? AND startedAt < ?`;
const quarterSums = `SELECT ${sumNames.join(', ')} FROM quarters WHERE quarter >= ? AND quarter < ?`;
// Every row has one action, so the parts by action are the whole day.
const daySums = `SELECT ${sumNames.join(', ')} FROM parts WHERE dimension = 'action' AND day >= ? AND day < ?`;
const endSums = [quarterSums, rowSums, rowSums];
const allSums = [daySums, ...endSums, ...endSums].join(' UNION ALL ');

/**
 * The sums of a period: whole UTC days and quarter hours from the rollups, the ragged ends from the rows.
 * `sums` says which; those left out read as 0.
 */
export function usageOf(connection: Connection, period: Period, sums = sumOfSums): UsageTotals {
  const days = cut(period, dayMs);
  const ends = [days.head, days.tail].flatMap(([fromMs, toMs]) => {
    const { whole, head, tail } = cut({ fromMs, toMs }, quarterMs);
    return [...whole, ...head, ...tail];
  });
  const sql = `SELECT ${sums} FROM (${allSums})`;
  return toUsageTotals(connection.prepare(sql).get(...days.whole, ...ends) ?? {});
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
