import type { ToAnswerPage } from '../../protocol/answerMessages';
import type { AskSession } from './askSession';

/** So many turns of a long conversation are sent first: they fill the window and what is near it. */
const firstTurns = 10;
/** So many earlier turns go together: the page must be able to add them within a frame or two. */
const turnsPerMessage = 15;

/** What is sent: the session as it is at that moment. */
type ShownSession = Pick<AskSession, 'conversation' | 'composer' | 'canUndoStartNew'>;

/** Sends the page the conversation: at its start the last turns first, so that it shows them at once. */
export class ConversationSender {
  /** Counts states sent: earlier turns of an older one are not sent any more. */
  private stateCount = 0;

  /**
   * `post` resolves when the page has the message. `flush` sends events that wait: they must not come after a
   * turn that holds them already.
   */
  constructor(
    private readonly session: ShownSession,
    private readonly post: (message: ToAnswerPage) => Promise<void>,
    private readonly flush: () => void,
  ) {}

  /** Sends everything at once: the page has most of it already and keeps what has not changed. */
  async sendAll(): Promise<void> {
    this.stateCount += 1;
    const { conversation, composer, canUndoStartNew: canUndoNew } = this.session;
    await this.post({ type: 'state', state: { conversation, composer, canUndoNew } });
  }

  /** Sends what a page that has just come shows first, and then the earlier turns, the last of them first. */
  async sendLastFirst(): Promise<void> {
    this.stateCount += 1;
    const { stateCount } = this;
    const { conversation, composer, canUndoStartNew: canUndoNew } = this.session;
    let missingTurns = Math.max(0, conversation.turns.length - firstTurns);
    const turns = conversation.turns.slice(missingTurns);
    await this.post({
      type: 'state',
      state: { conversation: { ...conversation, turns }, missingTurns, composer, canUndoNew },
    });
    while (missingTurns > 0 && stateCount === this.stateCount) {
      this.flush();
      const end = missingTurns;
      missingTurns = Math.max(0, end - turnsPerMessage);
      const earlier = this.session.conversation.turns.slice(missingTurns, end);
      await this.post({
        type: 'earlierTurns',
        conversationId: conversation.id,
        turns: earlier,
        missingTurns,
      });
    }
  }

  /** Sends nothing more of a page that is gone. */
  stop(): void {
    this.stateCount += 1;
  }
}
