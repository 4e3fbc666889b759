import type { Connection } from '../sqliteFile';
import { toIndexedText } from './searchText';

/**
 * The texts that are searched, a row of the index for each turn: a turn that is added then takes nothing out of the
 * index. That is what takes long, for a text that was written long ago: some 20 ms for a turn of 300 words among 10,000
 * conversations. The title stands in the row of the first turn.
 */
const turnBits = 20n;

/** SQL for the key of the conversation that a row of the index belongs to. */
export const keyOfText = `rowid >> ${turnBits}`;

export function writeTexts(
  connection: Connection,
  key: bigint,
  title: string,
  texts: readonly string[],
): void {
  const kept = new Map(readTexts(connection, key).map(row => [row.rowid, row]));
  for (const [index, text] of texts.entries()) {
    const rowid = rowOf(key, index);
    const wanted = { title: index === 0 ? toIndexedText(title) : '', text: toIndexedText(text) };
    const old = kept.get(rowid);
    kept.delete(rowid);
    if (!old) insertText(connection, rowid, wanted);
    else if (old.title !== wanted.title || old.text !== wanted.text) updateText(connection, rowid, wanted);
  }
  for (const rowid of kept.keys()) connection.prepare('DELETE FROM texts WHERE rowid = ?').run(rowid);
}

export function renameText(connection: Connection, key: bigint, title: string): void {
  const sql = 'UPDATE texts SET title = ? WHERE rowid = ?';
  connection.prepare(sql).run(toIndexedText(title), rowOf(key, 0));
}

/** Takes the text of one turn out of the index; false when there was none left. */
export function removeOneText(connection: Connection, key: bigint): boolean {
  const sql = 'SELECT max(rowid) AS rowid FROM texts WHERE rowid BETWEEN ? AND ?';
  const rowid = connection.prepare(sql).get(rowOf(key, 0), lastRowOf(key))?.rowid;
  if (typeof rowid !== 'bigint') return false;
  connection.prepare('DELETE FROM texts WHERE rowid = ?').run(rowid);
  return true;
}

/** The first `limit` characters of each turn's text, in order; read as they are asked for. */
export function* textsOf(connection: Connection, key: bigint, limit: number): Generator<string> {
  const sql = 'SELECT substr(text, 1, ?) AS text FROM texts WHERE rowid BETWEEN ? AND ? ORDER BY rowid';
  for (const row of connection.prepare(sql).iterate(limit, rowOf(key, 0), lastRowOf(key)))
    yield String(row.text);
}

/**
 * Pages of the index that are joined in one step: a few ms. By itself SQLite would join hundreds at once, now and then,
 * while the whole window waits.
 */
const pagesAStep = 16;

/** Joins a little of what has been added to the index; false when nothing is left to join. */
export function joinIndexStep(connection: Connection): boolean {
  const before = changesOf(connection);
  connection.prepare(`INSERT INTO texts (texts, rank) VALUES ('merge', ${pagesAStep})`).run();
  // One change is that of the command itself: https://sqlite.org/fts5.html#the_merge_command
  return changesOf(connection) - before > 1;
}

const changesOf = (connection: Connection): number =>
  Number(connection.prepare('SELECT total_changes() AS count').get()?.count);

interface KeptText {
  readonly rowid: bigint;
  readonly title: string;
  readonly text: string;
}

function readTexts(connection: Connection, key: bigint): readonly KeptText[] {
  const sql = 'SELECT rowid, title, text FROM texts WHERE rowid BETWEEN ? AND ?';
  const rows = connection.prepare(sql).all(rowOf(key, 0), lastRowOf(key));
  return rows.map(row => ({
    rowid: row.rowid as bigint,
    title: String(row.title),
    text: String(row.text),
  }));
}

function insertText(connection: Connection, rowid: bigint, { title, text }: Omit<KeptText, 'rowid'>): void {
  connection.prepare('INSERT INTO texts (rowid, title, text) VALUES (?, ?, ?)').run(rowid, title, text);
}

function updateText(connection: Connection, rowid: bigint, { title, text }: Omit<KeptText, 'rowid'>): void {
  connection.prepare('UPDATE texts SET title = ?, text = ? WHERE rowid = ?').run(title, text, rowid);
}

const rowOf = (key: bigint, index: number): bigint => (key << turnBits) + BigInt(index);
const lastRowOf = (key: bigint): bigint => rowOf(key + 1n, 0) - 1n;
