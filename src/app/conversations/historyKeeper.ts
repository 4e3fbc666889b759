import type { Disposable } from '../../core/base/event';
import { say } from '../../core/base/plainText';
import type { AnswerEvent } from '../../core/chat/answer';
import type { Conversation } from '../../core/chat/conversation';
import { toConversationDraft } from '../../core/chat/conversationDraft';
import type { ConversationDraft, ConversationHistory } from '../../core/chat/conversationHistory';
import { LedgerFault } from '../../core/money/ledgerFault';
import type { AskSession, SessionChange } from '../ask/askSession';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';

/** What ends together, such as an answer and its cost, is written once. */
const saveMs = 100;

/** What an answer streams before that comes along with it. */
const savedAfter: ReadonlySet<string> = new Set<AnswerEvent['type']>(['ended', 'cost', 'settled', 'kept']);

type Session = Pick<AskSession, 'onDidChange' | 'conversation' | 'conversationOf' | 'splitOff'>;

/**
 * Writes conversations into the history whenever an answer has ended, or its cost became known, also those that
 * the panel no longer shows. While an answer streams, `ConversationKeeper` keeps it.
 */
export class HistoryKeeper implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly unsaved = new Map<string, Conversation>();
  /** The conversation in the panel, as of its last turn or ending. */
  private shown: Conversation;
  private wasEnabled: boolean;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly session: Session,
    private readonly history: Pick<ConversationHistory, 'save' | 'removeAll'>,
    private readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>,
    private readonly workbench: Pick<Workbench, 'workspaceName'>,
    private readonly dialogs: Pick<Dialogs, 'news'>,
    private readonly newId: () => string,
    private readonly onError: (error: unknown) => void,
  ) {
    this.shown = session.conversation;
    this.wasEnabled = this.isEnabled;
    // What an earlier window has left although it must not be kept; nothing is waited for.
    if (!this.wasEnabled) this.forget();
    this.subscriptions = [
      session.onDidChange(change => this.follow(change)),
      settings.onDidChange(() => this.followSetting()),
    ];
  }

  /** Puts the conversation in the panel into the history as it is now. */
  async keepShown(): Promise<void> {
    this.mark(this.session.conversation);
    await this.flush();
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    const { conversation } = this.session;
    if (conversation.turns.some(({ answer }) => answer.status === 'streaming')) this.mark(conversation);
    if (this.unsaved.size > 0) this.saveNow();
    await this.writing;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get isEnabled(): boolean {
    return this.settings.current.historyEnabled;
  }

  private follow(change: SessionChange): void {
    switch (change.type) {
      case 'turn':
        this.shown = this.session.conversation;
        return;
      case 'events': {
        if (!change.events.some(({ type }) => savedAfter.has(type))) return;
        const conversation = this.session.conversationOf(change.turnId);
        if (conversation?.id === this.session.conversation.id) this.shown = conversation;
        if (conversation) this.mark(conversation);
        return;
      }
      case 'choices':
        this.shown = this.session.conversation;
        this.mark(this.shown);
        return;
      case 'replaced': {
        const before = this.shown;
        this.shown = this.session.conversation;
        // What was put away may be an earlier version's, or a restored one that nobody has kept yet.
        this.mark(before.id === this.shown.id ? this.shown : before);
        return;
      }
    }
  }

  private mark(conversation: Conversation): void {
    if (conversation.turns.length === 0 || !this.isEnabled) return;
    this.unsaved.set(conversation.id, conversation);
    this.timer ??= setTimeout(() => this.saveNow(), saveMs);
  }

  /** Takes the history off the disk when nothing may be kept any more. */
  private followSetting(): void {
    const { wasEnabled, isEnabled } = this;
    this.wasEnabled = isEnabled;
    if (isEnabled === wasEnabled) return;
    if (isEnabled) this.mark(this.session.conversation);
    else this.forget();
  }

  private forget(): void {
    this.stopTimer();
    this.unsaved.clear();
    this.inTurn(() => this.history.removeAll());
  }

  private saveNow(): void {
    this.stopTimer();
    this.inTurn(() => this.saveAll());
  }

  private async saveAll(): Promise<void> {
    for (const [id, conversation] of [...this.unsaved]) {
      // The setting may have gone off, and an id may have changed, while another one was written.
      if (!this.unsaved.delete(id)) continue;
      const draft = toConversationDraft(conversation, this.workbench.workspaceName);
      if (!draft) continue;
      try {
        await this.save(draft);
      } catch (error) {
        // The file may be free again the next time something is saved.
        if (error instanceof LedgerFault && this.isEnabled && !this.unsaved.has(id)) {
          this.unsaved.set(id, conversation);
        }
        this.onError(error);
      }
    }
  }

  private async save(draft: ConversationDraft): Promise<void> {
    if ((await this.history.save(draft)) !== 'conflict') return;
    const { id } = draft.conversation;
    const newId = this.newId();
    this.splitOff(id, newId);
    await this.history.save({ ...draft, conversation: { ...draft.conversation, id: newId } });
    // Nothing waits for the user here.
    this.dialogs
      .news(say`Another window went on with “${draft.title}” too: this one is now a conversation of its own.`)
      .catch(this.onError);
  }

  private splitOff(id: string, newId: string): void {
    const later = this.unsaved.get(id);
    this.unsaved.delete(id);
    if (later) this.mark({ ...later, id: newId });
    if (this.shown.id === id) this.shown = { ...this.shown, id: newId };
    this.session.splitOff(id, newId);
  }

  private inTurn(work: () => Promise<void>): void {
    this.writing = this.writing.then(work).catch(this.onError);
  }

  private stopTimer(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
