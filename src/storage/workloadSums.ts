import { yieldToEventLoop } from '../core/base/yieldToEventLoop';
import type { RowFilter } from '../core/ledger/ledgerQueries';
import {
  type AnswerLength,
  addWorkloads,
  type Workload,
  type WorkloadCuts,
  type Workloads,
} from '../core/ledger/workload';
import { partExpressionOf } from './ledgerSums';
import { type Condition, periodConditions, rowConditions, whereText } from './rowPages';
import type { Connection, SqliteFile } from './sqliteFile';

/** So many rows are summed before the rest of the process gets a turn: some milliseconds of work. */
const rowsPerStep = 2000;

/** Counts only what is known for good: tokens, and a cost that somebody named or estimated. */
const isKnown = `(costState IN ('billed', 'settled', 'free', 'estimated') AND costPico IS NOT NULL
  AND promptTokens IS NOT NULL AND completionTokens IS NOT NULL)`;

const answerTokens = '(completionTokens - min(coalesce(reasoningTokens, 0), completionTokens))';

const sums = `count(*) AS requests, min(startedAt) AS atMs, max(promptTokens) AS mostPromptTokens,
  coalesce(sum(costPico), 0) AS costPico, coalesce(sum(promptTokens), 0) AS promptTokens,
  coalesce(sum(cachedTokens), 0) AS cachedTokens, coalesce(sum(cacheWriteTokens), 0) AS cacheWriteTokens,
  coalesce(sum(completionTokens), 0) AS completionTokens,
  coalesce(sum(min(coalesce(reasoningTokens, 0), completionTokens)), 0) AS reasoningTokens,
  total(1.0 * promptTokens * promptTokens) AS promptSquares,
  total(1.0 * promptTokens * ${answerTokens}) AS promptTimesAnswer,
  total(1.0 * ${answerTokens} * ${answerTokens}) AS answerSquares`;

type Place = readonly [startedAt: bigint, id: string];

/** The rows of `filter` as sums; see `LedgerQueries.workloads`. */
export async function readWorkloads(
  file: SqliteFile,
  filter: RowFilter,
  cuts: WorkloadCuts,
  signal: AbortSignal,
): Promise<Workloads> {
  const groups = new Map<string, Workload>();
  let unknownRequests = 0;
  for (let after: Place | undefined; !signal.aborted; ) {
    const step = await file.run(connection => {
      const until = stepEnd(connection, filter, after);
      return { until, rows: sumStep(connection, filter, cuts, { after, until }) };
    });
    for (const row of step.rows) {
      if (row.isKnown === 0n) unknownRequests += Number(row.requests);
      else add(groups, keyOf(row), toWorkload(row));
    }
    if (!step.until) break;
    after = step.until;
    await yieldToEventLoop();
  }
  return { known: [...groups.values()], unknownRequests };
}

const keyOf = ({ action, model, byLength, byMinute, byDay }: Readonly<Record<string, unknown>>): string =>
  [action, model, byLength, byMinute, byDay].join('\n');

function add(groups: Map<string, Workload>, key: string, part: Workload): void {
  const known = groups.get(key);
  groups.set(key, known ? addWorkloads(known, part) : part);
}

/** See `LedgerQueries.answerLengths`. The conditions are those of an index. */
export function readAnswerLengths(
  connection: Connection,
  model: string,
  count: number,
): readonly AnswerLength[] {
  const sql = `SELECT action, promptTokens, cachedTokens, completionTokens, reasoningTokens FROM (SELECT * FROM requests
      WHERE requestedModel = ? AND promptTokens IS NOT NULL AND estimatedPromptTokens IS NOT NULL
      ORDER BY startedAt DESC LIMIT ?)
    WHERE completionTokens IS NOT NULL`;
  return connection
    .prepare(sql)
    .all(model, count)
    .map(row => ({
      action: String(row.action),
      promptTokens: Number(row.promptTokens),
      cachedTokens: Number(row.cachedTokens ?? 0),
      completionTokens: Number(row.completionTokens),
      reasoningTokens: Math.min(Number(row.reasoningTokens ?? 0), Number(row.completionTokens)),
    }));
}

interface Stretch {
  readonly after?: Place;
  readonly until?: Place;
}

/** The place of the row `rowsPerStep` rows further on; `undefined` when there are fewer left. */
function stepEnd(connection: Connection, filter: RowFilter, after: Place | undefined): Place | undefined {
  const where = [...stretchConditions({ after }), ...periodConditions(filter)];
  const sql = `SELECT startedAt, id FROM requests ${whereText(where)} ORDER BY startedAt, id
    LIMIT 1 OFFSET ${rowsPerStep}`;
  const row = connection.prepare(sql).get(...where.flatMap(({ values }) => values));
  return row && [row.startedAt as bigint, String(row.id)];
}

function sumStep(connection: Connection, filter: RowFilter, cuts: WorkloadCuts, stretch: Stretch) {
  const where = [...stretchConditions(stretch), ...periodConditions(filter), ...rowConditions(filter)];
  const sides = sidesOf(cuts);
  const sql = `SELECT ${isKnown} AS isKnown, action, ${partExpressionOf('model', 'requests')} AS model,
      ${sides.sql}, ${sums}
    FROM requests ${whereText(where)} GROUP BY 1, 2, 3, byLength, byMinute, byDay`;
  return connection.prepare(sql).all(...sides.values, ...where.flatMap(({ values }) => values));
}

/** How many cuts lie below a row. */
function sidesOf({ promptTokens, minutesOfDay, byWeekday }: WorkloadCuts): Condition {
  const count = (value: string, comparison: string, limits: readonly number[]): string =>
    limits.length === 0 ? '0' : limits.map(() => `(${value} ${comparison} ?)`).join(' + ');
  const columns = [
    `${count('promptTokens', '>', promptTokens)} AS byLength`,
    `${count('startedAt / 60000 % 1440', '>=', minutesOfDay)} AS byMinute`,
    `${byWeekday ? 'startedAt / 86400000 % 7' : '0'} AS byDay`,
  ];
  return { sql: columns.join(', '), values: [...promptTokens, ...minutesOfDay] };
}

function stretchConditions({ after, until }: Stretch): readonly Condition[] {
  return [
    ...(after ? [{ sql: '(startedAt, id) > (?, ?)', values: after }] : []),
    ...(until ? [{ sql: '(startedAt, id) <= (?, ?)', values: until }] : []),
  ];
}

function toWorkload(row: Readonly<Record<string, unknown>>): Workload {
  return {
    action: String(row.action),
    model: String(row.model),
    requests: Number(row.requests),
    mostPromptTokens: Number(row.mostPromptTokens),
    atMs: Number(row.atMs),
    costPico: BigInt(String(row.costPico)),
    promptTokens: Number(row.promptTokens),
    cachedTokens: Number(row.cachedTokens),
    cacheWriteTokens: Number(row.cacheWriteTokens),
    completionTokens: Number(row.completionTokens),
    reasoningTokens: Number(row.reasoningTokens),
    promptSquares: Number(row.promptSquares),
    promptTimesAnswer: Number(row.promptTimesAnswer),
    answerSquares: Number(row.answerSquares),
  };
}
