import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { Turn } from '../../core/chat/conversation';
import type { QuestionSettings } from '../settings';
import type { ActiveConversation } from './activeConversation';
import type { Question } from './asker';
import { toQuestion, toWish, type Wish, type WishChanges } from './questions';

/** What {@link Asking} needs from the rest. */
export interface AskingPorts {
  readonly conversation: ActiveConversation;
  readonly settings: () => QuestionSettings;
  readonly newId: () => string;
  /** For the ledger. */
  readonly workspaceName: () => string | undefined;
  /** Shows the answer panel with what was in it; the focus stays where it is. */
  readonly revealPanel: () => Promise<void>;
  /** Estimates and limits; undefined when the user does not want to send it after all. */
  readonly prepare: (question: Question, signal: AbortSignal) => Promise<Question | undefined>;
  /** Offers to set a key; true when one was set. */
  readonly offerKey: () => Promise<boolean>;
  /** Keeps a prompt that was not sent where the user finds it again. */
  readonly keepUnsent: (wish: Wish) => void;
}

/** What is ready sooner is not worth being told of. */
const toldAfterMs = 300;

/** From a wish to its answer in the panel, with everything that may have to be asked in between. */
export class Asking implements Disposable {
  private readonly preparing = new Set<AbortController>();
  private readonly preparingChanged = new Emitter<void>();

  /** A question takes a while to be made ready, or has done so. */
  readonly onDidChangePreparing: Event<void> = this.preparingChanged.event;

  constructor(private readonly ports: AskingPorts) {}

  /** True while a question waits for its estimate, or for the user's yes. */
  get isPreparing(): boolean {
    return this.preparing.size > 0;
  }

  /** Resolves when the answer has ended, however it ended. */
  async ask(wish: Wish): Promise<void> {
    let question: Question | undefined;
    try {
      question = await this.prepare(wish);
    } finally {
      if (!question) this.ports.keepUnsent(wish);
    }
    if (question) await this.run(question);
  }

  /** Asks again what `turn` asked, of the model in force. A turn that was never sent gives way. */
  async retry(turn: Turn, changes?: WishChanges): Promise<void> {
    const question = await this.prepare(toWish(turn, changes));
    if (!question) return;
    this.ports.conversation.removeUnsent(turn);
    await this.run(question);
  }

  /** Ends what is being made ready; requests under way are the conversation's. */
  stopPreparing(): void {
    for (const abort of this.preparing) abort.abort();
  }

  dispose(): void {
    this.stopPreparing();
    this.preparingChanged.dispose();
  }

  private async run(question: Question): Promise<void> {
    const turn = await this.ports.conversation.run(question);
    if (turn.answer.ending?.failure?.kind !== 'noKey') return;
    // The turn stays in the panel, with its buttons, should the user not set a key now.
    if (await this.ports.offerKey()) await this.retry(turn);
  }

  /** Undefined when it was stopped, or the user said no. */
  private async prepare(wish: Wish): Promise<Question | undefined> {
    const abort = new AbortController();
    this.preparing.add(abort);
    let isTold = false;
    const telling = setTimeout(() => {
      isTold = true;
      this.preparingChanged.fire();
    }, toldAfterMs);
    const { conversation, settings, newId, prepare, revealPanel, workspaceName } = this.ports;
    try {
      const wished = toQuestion(wish, conversation.conversation, settings(), {
        id: newId(),
        workspace: workspaceName(),
      });
      const [question] = await Promise.all([prepare(wished, abort.signal), revealPanel()]);
      // The user may have thought about it for a while.
      return abort.signal.aborted ? undefined : question && withStart(question, Date.now());
    } finally {
      clearTimeout(telling);
      this.preparing.delete(abort);
      if (isTold) this.preparingChanged.fire();
    }
  }
}

function withStart(question: Question, startedAtMs: number): Question {
  return { ...question, turn: { ...question.turn, startedAtMs } };
}
