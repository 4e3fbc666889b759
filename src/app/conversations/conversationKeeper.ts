import type { Disposable } from '../../core/base/event';
import type { AskSession, SessionChange } from '../ask/askSession';
import type { JsonStore } from '../ports/jsonStore';
import type { SettingsReader } from '../ports/settingsReader';
import type { KeptConversation } from './keptConversation';

/** While an answer streams, or text is typed, what is there is saved this often. */
const frequentSaveMs = 2000;
/** Every other change is saved so soon; a request that leaves goes first. */
const saveMs = 100;

/** Saves the conversation and the unsent draft, with what goes along, as they change, while the history is kept at all. */
export class ConversationKeeper implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> = Promise.resolve();
  private savedDraft = '';
  private savedItems: AskSession['addedItems'];
  private wasEnabled: boolean;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly session: Pick<AskSession, 'onDidChange' | 'toKeep' | 'draft' | 'addedItems' | 'restore'>,
    private readonly store: Pick<JsonStore<KeptConversation>, 'write' | 'remove'>,
    private readonly settings: Pick<SettingsReader, 'current' | 'onDidChange'>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.savedItems = session.addedItems;
    this.wasEnabled = this.isEnabled;
    // What an earlier window has left although it must not be kept; nothing is waited for.
    if (!this.wasEnabled) this.forget();
    this.subscriptions = [
      session.onDidChange(change => this.schedule(change)),
      settings.onDidChange(() => this.followSetting()),
    ];
  }

  /** Resolves when everything is on disk. */
  async flush(): Promise<void> {
    if (this.timer !== undefined) this.saving = this.saveNow();
    await this.saving;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private get isEnabled(): boolean {
    return this.settings.current.historyEnabled;
  }

  private get isDraftChanged(): boolean {
    return this.session.draft !== this.savedDraft || this.session.addedItems !== this.savedItems;
  }

  /** Takes what was kept off the disk when nothing may be kept any more. */
  private followSetting(): void {
    const { wasEnabled, isEnabled } = this;
    this.wasEnabled = isEnabled;
    if (isEnabled === wasEnabled) return;
    if (isEnabled) this.scheduleIn(saveMs);
    else this.forget();
  }

  private forget(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.store.remove().catch(this.onError);
  }

  private schedule(change: SessionChange): void {
    switch (change.type) {
      case 'reveal':
        return;
      case 'composer':
        if (this.isDraftChanged) this.scheduleIn(frequentSaveMs);
        return;
      case 'events':
        this.scheduleIn(change.events.some(event => event.type === 'ended') ? saveMs : frequentSaveMs);
        return;
      default:
        this.scheduleIn(saveMs);
    }
  }

  private scheduleIn(delayMs: number): void {
    // Before the setting is read: reading it for every token of a fast answer would cost more than the answer.
    if (delayMs === frequentSaveMs && this.timer !== undefined) return;
    if (!this.isEnabled) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.saving = this.saveNow();
    }, delayMs);
  }

  private async saveNow(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    // Something may be added before the panel has ever been shown: what was kept must not be lost by that.
    await this.session.restore();
    if (!this.isEnabled) return;
    const kept = this.session.toKeep();
    this.savedDraft = kept.draft;
    this.savedItems = this.session.addedItems;
    const isEmpty = kept.conversation.turns.length === 0 && kept.draft === '' && !kept.added;
    try {
      if (isEmpty) await this.store.remove();
      else await this.store.write(kept);
    } catch (error) {
      this.onError(error);
    }
  }
}
