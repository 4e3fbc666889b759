import { wait } from '../../core/base/wait';
import { emptyAnswer } from '../../core/chat/answer';
import type { Turn } from '../../core/chat/conversation';
import type { OpenRouter } from '../../core/models/openRouter';
import { systemPrompt } from '../../core/prompts/actions';
import { toMessages } from '../../core/prompts/messages';
import type { ActiveConversation } from '../ask/activeConversation';
import type { Asker, Question } from '../ask/asker';
import type { WishChanges } from '../ask/questions';
import type { ModelList } from '../models/modelList';
import { checkConnection, helloMaxTokens, helloPrompt } from './connectionCheck';
import type { Endpoints } from './endpoints';

export interface ConnectionCheckCommandPorts {
  readonly asker: Asker;
  readonly conversation: ActiveConversation;
  readonly endpoints: Endpoints;
  readonly models: ModelList;
  readonly openRouter: OpenRouter;
  readonly modelName: () => string;
  readonly newId: () => string;
  readonly revealPanel: () => Promise<void>;
  /** Estimates the hello; undefined when the user does not want to send it. */
  readonly prepare: (question: Question, signal: AbortSignal) => Promise<Question | undefined>;
}

/** Shows the connection check as a turn of the panel, with its tokens and its cost like any other. */
export class ConnectionCheckCommand {
  constructor(private readonly ports: ConnectionCheckCommandPorts) {}

  /** Resolves with the ended turn; undefined when the user did not want it. */
  async run(): Promise<Turn | undefined> {
    const [question] = await Promise.all([this.prepared(), this.ports.revealPanel()]);
    return question && this.check(question);
  }

  /** Checks again; a check whose hello was never sent gives way. */
  async retry(turn: Turn, changes?: WishChanges): Promise<void> {
    const question = await this.prepared(changes);
    if (!question) return;
    this.ports.conversation.removeUnsent(turn);
    await this.check(question);
  }

  private prepared(changes: WishChanges = {}): Promise<Question | undefined> {
    return this.ports.prepare(this.hello(changes), new AbortController().signal);
  }

  private check(question: Question): Promise<Turn> {
    const { asker, conversation, endpoints, models, openRouter } = this.ports;
    return conversation.runEvents(question.turn, signal =>
      checkConnection(
        question.turn.sent,
        {
          endpoint: () => endpoints.current(),
          openRouter,
          models: aborted => models.refresh(aborted),
          ask: aborted => asker.ask(question, aborted),
          wait,
        },
        signal,
      ),
    );
  }

  private hello({ maxTokens, isForced }: WishChanges): Question {
    const sent = {
      systemPrompt,
      earlierTurns: 0,
      prompt: helloPrompt,
      model: this.ports.modelName(),
      maxTokens: maxTokens ?? helloMaxTokens,
    };
    const turn: Turn = {
      id: this.ports.newId(),
      kind: 'check',
      action: 'check',
      title: 'Check Connection',
      startedAtMs: Date.now(),
      sent,
      answer: emptyAnswer,
    };
    return {
      turn,
      messages: toMessages([], sent),
      sessionId: turn.id,
      origin: 'checkConnection',
      isForced,
    };
  }
}
