import { yieldToEventLoop } from '../core/base/yieldToEventLoop';
import type { RowFilter, RowPage, RowQuery, RowSort, SplitBy } from '../core/ledger/ledgerQueries';
import { toEntry } from './ledgerColumns';
import { partExpressionOf } from './ledgerSums';
import type { Connection, SqliteFile } from './sqliteFile';
import { usageOf } from './usageSums';

/** How many rows one step may look at before the rest of the process gets a turn. */
const scanStep = 8_000;
/** A period with fewer rows than this is sorted by itself; a longer one is read along the sort's index. */
const sortLimit = 100_000;

const sortColumns: { readonly [Sort in RowSort]: string } = {
  time: 'startedAt',
  cost: 'costKey',
  tokens: 'tokensKey',
  duration: 'durationKey',
};

const searchedColumns =
  'id, generationId, sessionId, requestedModel, servedModel, provider, action, workspace, languageId, outcome, errorKind, prompt, answer';

export type SqlValue = string | number | bigint;
type Key = readonly [value: bigint, id: string];

export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** One page of rows. Reads on from a key instead of counting rows, so that late pages cost what early ones do. */
export async function readPage(file: SqliteFile, query: RowQuery): Promise<RowPage> {
  const { filter = {}, sort = 'time', limit } = query;
  const wanted = limit + 1;
  const rows: Record<string, unknown>[] = [];
  const isSortedByItself = sort !== 'time' && (await isSmall(file, filter));
  const column = isSortedByItself ? `+${sortColumns[sort]}` : sortColumns[sort];
  const isScan = !isSortedByItself && hasConditions(filter, sort);
  for (let after = parseKey(query.after); rows.length < wanted; ) {
    const step = await file.run(connection => {
      const until = isScan ? stepEnd(connection, query, column, after) : undefined;
      const found = select(connection, query, column, { after, until, limit: wanted - rows.length });
      return { until, found };
    });
    rows.push(...step.found);
    if (!step.until) break;
    after = step.until;
    await yieldToEventLoop();
  }
  const page = rows.slice(0, limit);
  return { rows: page.map(toEntry), next: rows.length > limit ? keyText(page.at(-1), sort) : undefined };
}

async function isSmall(file: SqliteFile, { fromMs, toMs }: RowFilter): Promise<boolean> {
  if (fromMs === undefined && toMs === undefined) return false;
  return file.run(connection => usageOf(connection, { fromMs, toMs }).requests < sortLimit);
}

/** True when rows may have to be read that are not part of the answer. */
function hasConditions({ fromMs, toMs, ...others }: RowFilter, sort: RowSort): boolean {
  const hasOthers = Object.values(others).some(value => value !== undefined);
  return hasOthers || (sort !== 'time' && (fromMs !== undefined || toMs !== undefined));
}

/** The key of the row `scanStep` rows further on, or `undefined` when there are fewer left. */
function stepEnd(connection: Connection, query: RowQuery, column: string, after?: Key): Key | undefined {
  const { filter = {}, sort = 'time' } = query;
  const where = [
    ...keyConditions(query, column, { after }),
    ...(sort === 'time' ? periodConditions(filter) : []),
  ];
  const sql = `SELECT ${column} AS key, id FROM requests ${whereText(where)} ${order(query, column)}
    LIMIT 1 OFFSET ${scanStep}`;
  const row = connection.prepare(sql).get(...where.flatMap(({ values }) => values));
  return row && [row.key as bigint, String(row.id)];
}

interface Stretch {
  readonly after?: Key;
  readonly until?: Key;
}

function select(
  connection: Connection,
  query: RowQuery,
  column: string,
  stretch: Stretch & { readonly limit: number },
): Record<string, unknown>[] {
  const { filter = {} } = query;
  const where = [
    ...keyConditions(query, column, stretch),
    ...periodConditions(filter),
    ...rowConditions(filter),
  ];
  const sql = `SELECT * FROM requests ${whereText(where)} ${order(query, column)} LIMIT ?`;
  return connection.prepare(sql).all(...where.flatMap(({ values }) => values), stretch.limit);
}

function order({ ascending }: RowQuery, column: string): string {
  const direction = ascending ? 'ASC' : 'DESC';
  return `ORDER BY ${column} ${direction}, id ${direction}`;
}

export function whereText(conditions: readonly Condition[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`;
}

function keyConditions(
  { ascending }: RowQuery,
  column: string,
  { after, until }: Stretch,
): readonly Condition[] {
  const [beyond, upTo] = ascending ? ['>', '<='] : ['<', '>='];
  return [
    ...(after ? [{ sql: `(${column}, id) ${beyond} (?, ?)`, values: after }] : []),
    ...(until ? [{ sql: `(${column}, id) ${upTo} (?, ?)`, values: until }] : []),
  ];
}

export function periodConditions({ fromMs, toMs }: RowFilter): readonly Condition[] {
  return [
    ...(fromMs === undefined ? [] : [{ sql: 'startedAt >= ?', values: [fromMs] }]),
    ...(toMs === undefined ? [] : [{ sql: 'startedAt < ?', values: [toMs] }]),
  ];
}

export function rowConditions(filter: RowFilter): readonly Condition[] {
  const parts: readonly SplitBy[] = ['model', 'provider', 'action', 'workspace', 'language'];
  const fields = ['origin', 'outcome', 'costState', 'compareGroup'] as const;
  const equal = (sql: string, value: string | undefined) =>
    value === undefined ? [] : [{ sql: `${sql} = ?`, values: [value] }];
  return [
    ...parts.flatMap(by => equal(partExpressionOf(by, 'requests'), filter[by])),
    ...fields.flatMap(field => equal(field, filter[field])),
    ...(filter.text === undefined
      ? []
      : [
          {
            sql: `concat_ws(char(10), ${searchedColumns}) LIKE ? ESCAPE '\\'`,
            values: [`%${filter.text.replaceAll(/[\\%_]/g, '\\$&')}%`],
          },
        ]),
  ];
}

function keyText(row: Record<string, unknown> | undefined, sort: RowSort): string | undefined {
  return row && `${row[sortColumns[sort]]} ${row.id}`;
}

function parseKey(text: string | undefined): Key | undefined {
  const [, value, id] = /^(-?\d+) (.*)$/s.exec(text ?? '') ?? [];
  return value === undefined || id === undefined ? undefined : [BigInt(value), id];
}
