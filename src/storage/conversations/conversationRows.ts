import type { ConversationPage, ConversationSummary } from '../../core/chat/conversationHistory';
import type { Connection } from '../sqliteFile';
import { keyOfText, textsOf } from './conversationTexts';
import { findPlace, toMatchQueries } from './searchText';

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
  const queries = toMatchQueries(typed);
  if (queries.length === 0) return listRows(connection, limit);
  // Each word may stand in another turn.
  const ofWord = `SELECT DISTINCT ${keyOfText} AS key FROM texts WHERE texts MATCH ?`;
  const sql = `WITH matching AS MATERIALIZED (${queries.map(() => ofWord).join(' INTERSECT ')} EXCEPT SELECT key FROM removed)
    SELECT ${columns}, (SELECT count(*) FROM matching) AS total
    FROM conversations c WHERE c.key IN (SELECT key FROM matching) ${order}`;
  const rows = connection.prepare(sql).all(...queries, limit);
  return {
    rows: rows.map(row => toSummary(row, placeIn(connection, row.key as bigint, typed))),
    total: Number(rows[0]?.total ?? 0),
  };
}

/** What stands around the first of the words in a conversation's texts. */
function placeIn(connection: Connection, key: bigint, typed: string): string | undefined {
  let left = readCharacters;
  for (const text of textsOf(connection, key, readCharacters)) {
    const place = findPlace(text, typed);
    left -= text.length;
    if (place !== undefined || left <= 0) return place;
  }
  return undefined;
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
