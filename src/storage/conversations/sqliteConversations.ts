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
  private removing: Promise<void> = Promise.resolve();
  private isRemovingAll = false;

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
    await this.write(connection => this.writer.remove(connection, id));
    this.removing = this.removing.then(() => this.removeRest());
  }

  /** Resolves when nothing of what was removed is in the file any more. */
  async whenRemoved(): Promise<void> {
    await this.removing;
  }

  async removeAll(): Promise<void> {
    this.isRemovingAll = true;
    await this.removing;
    this.isRemovingAll = false;
    await this.file.remove();
  }

  dispose(): void {
    this.file.dispose();
  }

  /**
   * Takes the texts of what was removed out of the index, each in a write of its own, so that the window is not held up:
   * that takes some 50 ms for a turn. What a window leaves that is killed, the next one takes that removes something.
   */
  private async removeRest(): Promise<void> {
    await this.whileUsable(async () => {
      while (!this.isRemovingAll && (await this.write(connection => this.writer.removeRest(connection))))
        await yieldToEventLoop();
      await this.file.run(({ database }) => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    });
  }

  /** Joins what has been added to the index, in steps between which everything else has its turn. */
  private async joinIndex(): Promise<void> {
    await this.whileUsable(async () => {
      do await yieldToEventLoop();
      while (await this.file.run(joinIndexStep));
    });
  }

  /** For what can be done later as well: another window may be writing, or this one ends. */
  private async whileUsable(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LedgerFault)) throw error;
    }
  }

  private async write<T>(work: (connection: Connection) => T): Promise<T> {
    return this.file.run(connection => connection.transact(() => work(connection)));
  }
}
