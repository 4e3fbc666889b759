import type { Turn } from '../../core/chat/conversation';
import { isUnsent } from '../../core/chat/failure';
import type { QuestionSettings } from '../../host/settings';
import type { ActiveConversation } from './activeConversation';
import type { Question } from './asker';
import { toQuestion, toWish, type Wish } from './questions';

/** What {@link Asking} needs from the rest. */
export interface AskingPorts {
  readonly conversation: ActiveConversation;
  readonly settings: () => QuestionSettings;
  readonly newId: () => string;
  /** Shows the answer panel; the focus stays where it is. */
  readonly revealPanel: () => Promise<void>;
  /** Estimates and limits; undefined when the user does not want to send it after all. */
  readonly prepare: (question: Question) => Promise<Question | undefined>;
  /** Offers to set a key; true when one was set. */
  readonly offerKey: () => Promise<boolean>;
  /** Keeps a prompt that was not sent where the user finds it again. */
  readonly keepUnsent: (prompt: string) => void;
}

/** From a wish to its answer in the panel, with everything that may have to be asked in between. */
export class Asking {
  constructor(private readonly ports: AskingPorts) {}

  /** Resolves when the answer has ended, however it ended. */
  async ask(wish: Wish): Promise<void> {
    await this.ports.revealPanel();
    const question = await this.ports.prepare(this.toQuestion(wish));
    if (!question) return this.ports.keepUnsent(wish.prompt);
    const turn = await this.ports.conversation.run(question);
    if (turn.answer.ending?.failure?.kind !== 'noKey') return;
    // The turn stays in the panel, with its buttons, should the user not set a key now.
    if (await this.ports.offerKey()) await this.retry(turn);
  }

  /** Asks again what `turn` asked, of the model in force. A turn that was never sent gives way. */
  async retry(turn: Turn, changes?: Pick<Wish, 'maxTokens' | 'isForced'>): Promise<void> {
    const kind = turn.answer.ending?.failure?.kind;
    if (isUnsent(kind)) this.ports.conversation.remove(turn.id);
    await this.ask(toWish(turn, changes));
  }

  private toQuestion(wish: Wish): Question {
    const { conversation, settings, newId } = this.ports;
    return toQuestion(wish, conversation.conversation, settings(), newId());
  }
}
