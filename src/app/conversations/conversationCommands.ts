import { say } from '../../core/base/plainText';
import type { ConversationHistory, ConversationSummary } from '../../core/chat/conversationHistory';
import type { AskSession } from '../ask/askSession';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import { type ConversationRow, toConversationRows } from './conversationRows';
import type { HistoryKeeper } from './historyKeeper';

const longestTitle = 200;

/** What a user can do with kept conversations. */
export class ConversationCommands {
  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'open' | 'restore' | 'reveal' | 'startNew'>,
    private readonly keeper: Pick<HistoryKeeper, 'keepShown' | 'flush'>,
    private readonly history: ConversationHistory,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'input' | 'confirm' | 'warn'>,
    private readonly workbench: Pick<Workbench, 'openSetting'>,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
  ) {}

  /** Keeps what the panel shows, so that the list has it; false when nothing is kept at all, which the user is told. */
  async prepare(): Promise<boolean> {
    if (this.settings.current.historyEnabled) {
      await this.session.restore();
      await this.keeper.keepShown();
      return true;
    }
    const message = say`Conversations are not kept, because askOpenRouter.history.enabled is off.`;
    const openSetting = 'Open Setting';
    if ((await this.dialogs.warn(message, openSetting)) === openSetting) {
      await this.workbench.openSetting('history.enabled');
    }
    return false;
  }

  /** What has the words of `typed`, else the newest. */
  async rows(typed: string, limit: number): Promise<readonly ConversationRow[]> {
    return toConversationRows(await this.history.search(typed, limit), this.now());
  }

  /** Shows a conversation in the panel, to go on with; the one that was there is in the history. */
  async open({ id }: Pick<ConversationSummary, 'id'>): Promise<void> {
    await this.session.reveal();
    if (this.session.conversation.id === id) return;
    // First what this window has not yet written, which may be the very conversation.
    await this.keeper.flush();
    const conversation = await this.history.load(id);
    if (!conversation) {
      await this.dialogs.warn(say`This conversation is no longer there, or was kept by another version.`);
      return;
    }
    this.session.open(conversation);
    await this.keeper.keepShown();
  }

  async rename({ id, title }: ConversationSummary): Promise<void> {
    const typed = await this.dialogs.input({
      title: say`Rename Conversation`,
      prompt: say`Name of the conversation`,
      value: title,
      validateInput: text => (text.trim() === '' ? say`A conversation needs a name.` : undefined),
    });
    const name = typed?.replace(/\s+/g, ' ').trim().slice(0, longestTitle);
    if (name) await this.history.rename(id, name);
  }

  async togglePin({ id, isPinned }: ConversationSummary): Promise<void> {
    await this.history.setPinned(id, !isPinned);
  }

  /** Asks first. One that the panel shows leaves it, too. */
  async remove({ id, title }: ConversationSummary): Promise<void> {
    const question = say`Delete “${title}”?`;
    const detail = say`Its questions and answers are deleted for good. The usage history keeps what they have cost.`;
    const remove = 'Delete';
    if ((await this.dialogs.confirm(question, detail, remove)) !== remove) return;
    await this.keeper.flush();
    await this.history.remove(id);
    if (this.session.conversation.id === id) this.session.startNew();
  }
}
