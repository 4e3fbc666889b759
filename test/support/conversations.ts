import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conversation, Turn } from '../../src/core/chat/conversation';
import { toConversationDraft } from '../../src/core/chat/conversationDraft';
import type { ConversationDraft } from '../../src/core/chat/conversationHistory';
import {
  SqliteConversations,
  type SqliteConversationsOptions,
} from '../../src/storage/conversations/sqliteConversations';
import { makeAnswer, makeSent, makeTurn } from './turns';

/** A question with its whole answer. */
export function makeTalk(
  id: string,
  prompt: string,
  text = `About ${prompt}`,
  changes: Partial<Turn> = {},
): Turn {
  return makeTurn({
    id,
    action: 'ask',
    title: 'Ask',
    sent: makeSent({ prompt }),
    answer: makeAnswer({
      text,
      status: 'completed',
      cost: { state: 'billed', usd: '0.25' },
      ending: { outcome: 'completed', durationMs: 1000 },
    }),
    ...changes,
  });
}

export function makeDraft(conversation: Conversation, workspace = 'shop'): ConversationDraft {
  const draft = toConversationDraft(conversation, workspace);
  if (!draft) throw new Error('A conversation without questions is not kept.');
  return draft;
}

/** The file of kept conversations in a folder of its own, as many windows as wanted. */
export class TempConversations {
  readonly folder = mkdtempSync(join(tmpdir(), 'conversations-'));
  private readonly opened: SqliteConversations[] = [];

  get path(): string {
    return join(this.folder, 'conversations.sqlite');
  }

  /** A new window on the same file. */
  open(options?: SqliteConversationsOptions): SqliteConversations {
    const opened = new SqliteConversations(this.folder, options);
    this.opened.push(opened);
    return opened;
  }

  dispose(): void {
    for (const each of this.opened) each.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
