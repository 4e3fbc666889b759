import type { Conversation } from '../../core/chat/conversation';
import type { ConversationDraft, SaveResult } from '../../core/chat/conversationHistory';
import { holdsAllTurns } from '../../core/chat/conversationJson';
import type { Connection } from '../sqliteFile';
import { removeOneText, writeTexts } from './conversationTexts';

/** What this window last wrote of a conversation, or found written. */
interface Known {
  readonly revision: bigint;
  readonly turnIds: ReadonlySet<string>;
}

interface KeptRow {
  readonly key: bigint;
  readonly revision: bigint;
  readonly json: string;
}

/**
 * Writes conversations for one window. Every write raises a conversation's revision; a window that knows another
 * revision than the file's may write only what has every turn that the file has.
 */
export class ConversationWriter {
  private readonly known = new Map<string, Known>();

  save(connection: Connection, draft: ConversationDraft): SaveResult {
    const { conversation } = draft;
    const kept = readKept(connection, conversation.id);
    const known = this.known.get(conversation.id);
    if (!kept) return this.saveMissing(connection, draft, known);
    const json = JSON.stringify(conversation);
    if (kept.json === json) {
      this.remember(conversation, kept.revision);
      return 'saved';
    }
    if (known?.revision !== kept.revision && !holdsAllTurns(conversation, kept.json)) return 'conflict';
    update(connection, kept.key, draft, json);
    this.remember(conversation, kept.revision + 1n);
    return 'saved';
  }

  /** What was searched of it is still to be taken away: {@link removeRest}. */
  remove(connection: Connection, id: string): void {
    const row = connection.prepare('DELETE FROM conversations WHERE id = ? RETURNING key').get(id);
    if (!row) return;
    const key = row.key as bigint;
    connection.prepare('DELETE FROM bodies WHERE key = ?').run(key);
    connection.prepare('INSERT INTO removed (key) VALUES (?)').run(key);
  }

  /** Takes one turn of what was deleted out of the index, by whatever window; false when nothing is left of it. */
  removeRest(connection: Connection): boolean {
    const row = connection.prepare('SELECT key FROM removed LIMIT 1').get();
    if (!row) return false;
    const key = row.key as bigint;
    if (!removeOneText(connection, key)) connection.prepare('DELETE FROM removed WHERE key = ?').run(key);
    return true;
  }

  /** What was deleted comes back only with something new in it. */
  private saveMissing(
    connection: Connection,
    draft: ConversationDraft,
    known: Known | undefined,
  ): SaveResult {
    const { conversation } = draft;
    if (known && conversation.turns.every(({ id }) => known.turnIds.has(id))) return 'deleted';
    insert(connection, draft);
    this.remember(conversation, 1n);
    return 'saved';
  }

  private remember({ id, turns }: Conversation, revision: bigint): void {
    this.known.set(id, { revision, turnIds: new Set(turns.map(turn => turn.id)) });
  }
}

export function readKept(connection: Connection, id: string): KeptRow | undefined {
  const sql = `SELECT c.key, c.revision, b.json FROM conversations c JOIN bodies b ON b.key = c.key WHERE c.id = ?`;
  const row = connection.prepare(sql).get(id);
  return row && { key: row.key as bigint, revision: row.revision as bigint, json: String(row.json) };
}

/** Not that of a deleted one, whose texts may still stand in the index. */
const newKey =
  '(SELECT coalesce(max(key), 0) + 1 FROM (SELECT key FROM conversations UNION ALL SELECT key FROM removed))';

function insert(connection: Connection, draft: ConversationDraft): void {
  const { conversation, title, workspace, createdAtMs, changedAtMs, turns, cost, texts } = draft;
  const sql = `INSERT INTO conversations
    (key, id, title, workspace, createdAt, changedAt, turns, costPico, isCostComplete, revision)
    VALUES (${newKey}, ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING key`;
  const row = connection
    .prepare(sql)
    .get(
      conversation.id,
      title,
      workspace ?? null,
      whole(createdAtMs),
      whole(changedAtMs),
      turns,
      cost.knownPico,
      cost.isComplete ? 1 : 0,
    );
  const key = row?.key as bigint;
  connection.prepare('INSERT INTO bodies (key, json) VALUES (?, ?)').run(key, JSON.stringify(conversation));
  writeTexts(connection, key, title, texts);
}

function update(connection: Connection, key: bigint, draft: ConversationDraft, json: string): void {
  const { title, changedAtMs, turns, cost, texts } = draft;
  const sql = `UPDATE conversations SET title = iif(isRenamed, title, ?), changedAt = ?, turns = ?, costPico = ?,
    isCostComplete = ?, revision = revision + 1 WHERE key = ? RETURNING title`;
  const row = connection
    .prepare(sql)
    .get(title, whole(changedAtMs), turns, cost.knownPico, cost.isComplete ? 1 : 0, key);
  connection.prepare('UPDATE bodies SET json = ? WHERE key = ?').run(json, key);
  writeTexts(connection, key, String(row?.title), texts);
}

/** Times from a file of another version may be fractions, and a STRICT column takes none. */
const whole = (ms: number): bigint => BigInt(Math.round(ms));
