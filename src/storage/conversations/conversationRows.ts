import type { ConversationPage, ConversationSummary } from '../../core/chat/conversationHistory';
import type { Connection } from '../sqliteFile';
import { findPlace, toMatchQuery } from './searchText';

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
/** So far a text is read to show where something was found in it. */
const readCharacters = 100_000;

export function listRows(connection: Connection, limit: number): ConversationPage {
  const rows = connection.prepare(`SELECT ${columns} FROM conversations c ${order}`).all(limit);
  const total = connection.prepare('SELECT count(*) AS total FROM conversations').get()?.total;
  return { rows: rows.map(row => toSummary(row)), total: Number(total) };
}

/** Those that have every word of `typed`; all, when it has none. */
export function searchRows(connection: Connection, typed: string, limit: number): ConversationPage {
  const query = toMatchQuery(typed);
  if (query === undefined) return listRows(connection, limit);
  const sql = `WITH matching AS MATERIALIZED (SELECT rowid AS key FROM texts WHERE texts MATCH ?)
    SELECT ${columns}, (SELECT count(*) FROM matching) AS total
    FROM conversations c WHERE c.key IN (SELECT key FROM matching) ${order}`;
  const rows = connection.prepare(sql).all(query, limit);
  const readText = connection.prepare(
    `SELECT substr(text, 1, ${readCharacters}) AS text FROM texts WHERE rowid = ?`,
  );
  return {
    rows: rows.map(row => toSummary(row, findPlace(String(readText.get(row.key as bigint)?.text), typed))),
    total: Number(rows[0]?.total ?? 0),
  };
}

export function readSummary(connection: Connection, id: string): ConversationSummary | undefined {
  const row = connection.prepare(`SELECT ${columns} FROM conversations c WHERE c.id = ?`).get(id);
  return row && toSummary(row);
}

function toSummary(row: Readonly<Record<string, unknown>>, found?: string): ConversationSummary {
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
