import type { ConversationPage, ConversationSummary } from '../../core/chat/conversationHistory';
import type { Connection } from '../sqliteFile';
import { fromIndexedText } from './searchText';

type Row = Readonly<Record<string, unknown>>;

const columns = [
  'key',
  'id',
  'title',
  'workspace',
  'createdAt',
  'changedAt',
  'pinned',
  'turns',
  'costPico',
  'isCostComplete',
]
  .map(name => `c.${name}`)
  .join(', ');
const order = 'ORDER BY c.pinned DESC, c.changedAt DESC, c.key DESC LIMIT ?';
/** So many words are shown around what was found. */
const shownWords = 16;

export function listRows(connection: Connection, limit: number): ConversationPage {
  const rows = connection.prepare(`SELECT ${columns} FROM conversations c ${order}`).all(limit);
  const total = connection.prepare('SELECT count(*) AS total FROM conversations').get()?.total;
  return { rows: rows.map(row => toSummary(row)), total: Number(total) };
}

/** @param query as FTS5 takes it. */
export function searchRows(connection: Connection, query: string, limit: number): ConversationPage {
  const matching = 'SELECT rowid FROM texts WHERE texts MATCH ?';
  const rows = connection
    .prepare(`SELECT ${columns} FROM conversations c WHERE c.key IN (${matching}) ${order}`)
    .all(query, limit);
  const total = connection.prepare(`SELECT count(*) AS total FROM (${matching})`).get(query)?.total;
  const places = findPlaces(connection, query, rows);
  return { rows: rows.map(row => toSummary(row, places.get(row.key))), total: Number(total) };
}

export function readSummary(connection: Connection, id: string): ConversationSummary | undefined {
  const row = connection.prepare(`SELECT ${columns} FROM conversations c WHERE c.id = ?`).get(id);
  return row && toSummary(row);
}

/** Where each of `rows` has what was searched for, by key. Only these are looked at again, in one pass. */
function findPlaces(
  connection: Connection,
  query: string,
  rows: readonly Row[],
): ReadonlyMap<unknown, string> {
  const keys = JSON.stringify(rows.map(({ key }) => Number(key)));
  // The plus keeps SQLite from starting a search of its own for each key.
  const sql = `SELECT rowid AS key, snippet(texts, -1, '', '', '…', ${shownWords}) AS place FROM texts
    WHERE texts MATCH ? AND +rowid IN (SELECT value FROM json_each(?))`;
  return new Map(
    connection
      .prepare(sql)
      .all(query, keys)
      .map(row => [row.key, fromIndexedText(String(row.place))]),
  );
}

function toSummary(row: Row, found?: string): ConversationSummary {
  return {
    id: String(row.id),
    title: String(row.title),
    workspace: row.workspace === null ? undefined : String(row.workspace),
    createdAtMs: Number(row.createdAt),
    changedAtMs: Number(row.changedAt),
    isPinned: row.pinned === 1n,
    turns: Number(row.turns),
    cost: { knownPico: BigInt(String(row.costPico)), isComplete: row.isCostComplete === 1n },
    found,
  };
}
