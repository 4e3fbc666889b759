import type { Disposable } from '../../core/base/event';
import type { ActiveConversation, ConversationChange } from '../ask/activeConversation';
import type { ConversationStore } from '../ports';

/** While an answer streams its text is saved this often. */
const streamingSaveMs = 2000;
/** Every other change is saved so soon; a request that leaves goes first. */
const saveMs = 100;

/** Saves the conversation and the unsent draft as they change, and brings them back. */
export class ConversationKeeper implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private loading: Promise<boolean> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private typed = '';
  private readonly subscription: Disposable;

  constructor(
    private readonly conversation: ActiveConversation,
    private readonly store: ConversationStore,
    private readonly isEnabled: () => boolean,
    private readonly onError: (error: unknown) => void,
  ) {
    this.subscription = conversation.onDidChange(change => this.schedule(change));
  }

  /** Text typed into the composer and not yet sent. */
  get draft(): string {
    return this.typed;
  }

  set draft(text: string) {
    this.typed = text;
    this.scheduleIn(streamingSaveMs);
  }

  /**
   * Brings back what was kept, once; true the one time that it did. A conversation that has begun already
   * is left alone.
   */
  async restore(): Promise<boolean> {
    if (this.loading) {
      await this.loading;
      return false;
    }
    this.loading = this.load().catch(error => {
      this.onError(error);
      return false;
    });
    return this.loading;
  }

  /** Takes what was kept off the disk once nothing may be kept any more. */
  followSetting(): void {
    if (this.isEnabled()) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.store.remove().catch(this.onError);
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    if (this.timer !== undefined) this.saving = this.saveNow();
    await this.saving;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private async load(): Promise<boolean> {
    if (!this.isEnabled()) {
      await this.store.remove();
      return false;
    }
    const kept = await this.store.load();
    if (!kept || this.conversation.conversation.turns.length > 0) return false;
    this.typed ||= kept.draft;
    this.conversation.restore(kept.conversation);
    return true;
  }

  private schedule(change: ConversationChange): void {
    const isStreaming = change.type === 'events' && change.events.every(event => event.type !== 'ended');
    this.scheduleIn(isStreaming ? streamingSaveMs : saveMs);
  }

  private scheduleIn(delayMs: number): void {
    // Before the setting is read: reading it for every token of a fast answer would cost more than the answer.
    if (delayMs === streamingSaveMs && this.timer !== undefined) return;
    if (!this.isEnabled()) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.saving = this.saveNow();
    }, delayMs);
  }

  private async saveNow(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { conversation } = this.conversation;
    try {
      if (conversation.turns.length === 0 && this.typed === '') await this.store.remove();
      else await this.store.save({ conversation, draft: this.typed });
    } catch (error) {
      this.onError(error);
    }
  }
}
