import { join } from 'node:path';
import { yieldToEventLoop } from '../../core/base/yieldToEventLoop';
import type { Conversation } from '../../core/chat/conversation';
import type {
  ConversationDraft,
  ConversationHistory,
  ConversationPage,
  ConversationSummary,
  SaveResult,
} from '../../core/chat/conversationHistory';
import { parseConversation } from '../../core/chat/conversationJson';
import { closeOpenTurns } from '../../core/chat/openTurns';
import { LedgerFault } from '../../core/money/ledgerFault';
import { type Connection, SqliteFile } from '../sqliteFile';
import { conversationMigrations } from './conversationMigrations';
import { listRows, readSummary, searchRows } from './conversationRows';
import { joinIndexStep, renameText } from './conversationTexts';
import { ConversationWriter, readKept } from './conversationWriter';

export interface SqliteConversationsOptions {
  /** How long a call waits, without blocking, for another window's lock before it rejects. Default 400. */
  readonly patienceMs?: number;
  /** A damaged file has been set aside (`asidePath`) and a fresh one begun. */
  readonly onDidSetAside?: (fault: LedgerFault) => void;
}

/** The kept conversations in `folder`, shared by every window that opens them there. */
export class SqliteConversations implements ConversationHistory {
  private readonly file: SqliteFile;
  private readonly writer = new ConversationWriter();

  constructor(folder: string, { patienceMs = 400, onDidSetAside }: SqliteConversationsOptions = {}) {
    this.file = new SqliteFile({
      path: join(folder, 'conversations.sqlite'),
      migrations: conversationMigrations,
      patienceMs,
      onDidSetAside,
      onDidOpen: database => database.exec('PRAGMA secure_delete = ON'),
    });
  }

  async list(limit: number): Promise<ConversationPage> {
    return this.file.run(connection => listRows(connection, limit));
  }

  async search(text: string, limit: number): Promise<ConversationPage> {
    return this.file.run(connection => searchRows(connection, text, limit));
  }

  async summary(id: string): Promise<ConversationSummary | undefined> {
    return this.file.run(connection => readSummary(connection, id));
  }

  async load(id: string): Promise<Conversation | undefined> {
    const kept = await this.file.run(connection => readKept(connection, id));
    const conversation = kept && parseConversation(kept.json);
    return conversation && closeOpenTurns(conversation);
  }

  async save(draft: ConversationDraft): Promise<SaveResult> {
    const result = await this.write(connection => this.writer.save(connection, draft));
    if (result === 'saved') await this.joinIndex();
    return result;
  }

  async rename(id: string, title: string): Promise<void> {
    await this.write(connection => {
      const sql = 'UPDATE conversations SET title = ?, isRenamed = 1 WHERE id = ? RETURNING key';
      const row = connection.prepare(sql).get(title, id);
      if (!row) return;
      renameText(connection, row.key as bigint, title);
    });
  }

  async setPinned(id: string, isPinned: boolean): Promise<void> {
    const sql = 'UPDATE conversations SET pinned = ? WHERE id = ?';
    await this.write(connection => void connection.prepare(sql).run(isPinned ? 1 : 0, id));
  }

  async remove(id: string): Promise<void> {
    // Each in a write of its own, so that the window is not held up. One that is killed leaves a conversation to delete.
    while (await this.write(connection => this.writer.removeText(connection, id))) await yieldToEventLoop();
    await this.write(connection => this.writer.remove(connection, id));
    await this.file.run(({ database }) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  async removeAll(): Promise<void> {
    await this.file.remove();
  }

  dispose(): void {
    this.file.dispose();
  }

  /** Joins what has been added to the index, in steps between which everything else has its turn. */
  private async joinIndex(): Promise<void> {
    try {
      do await yieldToEventLoop();
      while (await this.file.run(joinIndexStep));
    } catch (error) {
      // What was saved is saved. Another window is writing, or this one ends: the next save goes on with it.
      if (!(error instanceof LedgerFault)) throw error;
    }
  }

  private async write<T>(work: (connection: Connection) => T): Promise<T> {
    return this.file.run(connection => connection.transact(() => work(connection)));
  }
}
