import { type Answer, type AnswerEvent, emptyAnswer, reduceAnswer } from '../../core/chat/answer';
import type { ChatClient, ChatMessage } from '../../core/chat/chatClient';
import type { Turn } from '../../core/chat/conversation';
import type { Cost } from '../../core/money/cost';
import { endedCost } from '../../core/money/endedCost';
import type { LedgerDraft, LedgerStore, Origin } from '../../core/money/ledger';
import { toLedgerPatch } from '../../core/money/ledgerRecorder';
import type { Pricing } from '../../core/money/pricing';
import type { Result } from '../../core/result';

/** One request as the user made it: the turn it fills, and what goes over the wire for it. */
export interface Question {
  readonly turn: Turn;
  readonly messages: readonly ChatMessage[];
  readonly sessionId: string;
  readonly origin: Origin;
  /** Name of the workspace, for the ledger. */
  readonly workspace?: string;
}

/** What an {@link Asker} needs from the rest. */
export interface AskerPorts {
  readonly ledger: LedgerStore;
  /** A client for the endpoint in force; fails with `noKey` or `invalidBaseUrl`. */
  readonly connect: () => Promise<Result<ChatClient>>;
  /** Catalogue prices of a model; undefined when it is not in the catalogue. */
  readonly pricingOf: (model: string) => Promise<Pricing | undefined>;
}

/** Sends questions and keeps the record: every request that leaves has exactly one ledger row. */
export class Asker {
  constructor(private readonly ports: AskerPorts) {}

  /** The events of the answer; `cost` comes right before `ended`, which is last. Aborting `signal` stops it. */
  async *ask(question: Question, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
    const connected = await this.ports.connect();
    if (!connected.ok) {
      yield { type: 'ended', ending: { outcome: 'failed', failure: connected.failure, durationMs: 0 } };
      return;
    }
    const { turn } = question;
    await this.ports.ledger.begin(toDraft(question));
    let answer = emptyAnswer;
    const request = {
      model: turn.sent.model,
      messages: question.messages,
      maxTokens: turn.sent.maxTokens,
      sessionId: question.sessionId,
    };
    try {
      for await (const event of connected.value.stream(request, signal)) {
        answer = reduceAnswer(answer, event);
        if (event.type === 'accepted' && event.generationId !== undefined) {
          await this.ports.ledger.update(turn.id, { generationId: event.generationId });
        }
        if (event.type === 'ended') yield { type: 'cost', cost: await this.close(turn, answer) };
        yield event;
      }
    } finally {
      // The reader left early or something broke: the row is closed all the same.
      if (answer.ending === undefined) await this.close(turn, reduceAnswer(answer, abandoned(turn)));
    }
  }

  /** Closes the row of an ended answer and tells its cost. */
  private async close(turn: Turn, answer: Answer): Promise<Cost> {
    const cost = endedCost(answer, await this.pricingFor(answer, turn.sent.model), turn.startedAtMs);
    await this.ports.ledger.update(turn.id, toLedgerPatch(answer, cost, { endedAtMs: Date.now() }));
    return cost;
  }

  /** The price table matters only where the server named no cost: else the list need not be read. */
  private async pricingFor({ usage, servedModel }: Answer, asked: string): Promise<Pricing | undefined> {
    if (usage === undefined || usage.costUsd !== undefined) return undefined;
    return this.ports.pricingOf(servedModel ?? asked);
  }
}

function abandoned(turn: Turn): AnswerEvent {
  return { type: 'ended', ending: { outcome: 'cancelled', durationMs: Date.now() - turn.startedAtMs } };
}

function toDraft({ turn, origin, workspace }: Question): LedgerDraft {
  return {
    id: turn.id,
    startedAt: turn.startedAtMs,
    origin,
    action: turn.action,
    workspace,
    languageId: turn.sent.code?.languageId,
    requestedModel: turn.sent.model,
    maxTokens: turn.sent.maxTokens,
  };
}
