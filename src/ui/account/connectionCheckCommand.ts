import { emptyAnswer } from '../../core/chat/answer';
import type { Turn } from '../../core/chat/conversation';
import type { OpenRouter } from '../../core/chat/endpoint';
import { toMessages } from '../../core/prompts/messages';
import { wait } from '../../core/wait';
import type { Endpoints } from '../../host/endpoints';
import type { ActiveConversation } from '../ask/activeConversation';
import type { Asker, Question } from '../ask/asker';
import type { ModelList } from '../models/modelList';
import { checkConnection, helloMaxTokens, helloPrompt } from './connectionCheck';

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
  readonly prepare: (question: Question) => Promise<Question | undefined>;
}

/** Shows the connection check as a turn of the panel, with its tokens and its cost like any other. */
export class ConnectionCheckCommand {
  constructor(private readonly ports: ConnectionCheckCommandPorts) {}

  /** Resolves with the ended turn; undefined when the user did not want it. */
  async run(): Promise<Turn | undefined> {
    const { asker, conversation, endpoints, models, openRouter } = this.ports;
    await this.ports.revealPanel();
    const question = await this.ports.prepare(this.hello());
    if (!question) return;
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

  private hello(): Question {
    const sent = { prompt: helloPrompt, model: this.ports.modelName(), maxTokens: helloMaxTokens };
    const turn: Turn = {
      id: this.ports.newId(),
      kind: 'check',
      action: 'check',
      title: 'Check Connection',
      startedAtMs: Date.now(),
      sent,
      answer: emptyAnswer,
    };
    const nothingBefore = { id: turn.id, turns: [] };
    return {
      turn,
      messages: toMessages(nothingBefore, sent),
      sessionId: turn.id,
      origin: 'checkConnection',
    };
  }
}
