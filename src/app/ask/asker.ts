import { type Answer, type AnswerEvent, emptyAnswer, reduceAnswer } from '../../core/chat/answer';
import type { ChatClient, ChatMessage } from '../../core/chat/chatClient';
import type { Turn } from '../../core/chat/conversation';
import { endedCost } from '../../core/chat/endedCost';
import type { BudgetStop, Failure } from '../../core/chat/failure';
import type { Result } from '../../core/chat/result';
import { toBudgetStop } from '../../core/ledger/budgets';
import type { LedgerDraft, LedgerStore, Origin } from '../../core/ledger/ledger';
import type { SpendLimit } from '../../core/ledger/ledgerLimits';
import { toLedgerPatch } from '../../core/ledger/ledgerRecorder';
import type { Cost } from '../../core/money/cost';
import type { Pico } from '../../core/money/pico';
import type { Pricing } from '../../core/money/pricing';
import { toUserMessage } from '../../core/prompts/messages';

/** One request as the user made it: the turn it fills, and what goes over the wire for it. */
export interface Question {
  readonly turn: Turn;
  readonly messages: readonly ChatMessage[];
  /** The same for all questions that go on from each other. */
  readonly sessionId: string;
  readonly origin: Origin;
  /** Name of the workspace, for the ledger. */
  readonly workspace?: string;
  /** The library's count, before any correction. */
  readonly estimatedPromptTokens?: number;
  /** Worst-case cost; undefined when the price varies or is not known. */
  readonly reservedPico?: Pico;
  /** The user has said to send it whatever the limits say. */
  readonly isForced?: boolean;
  /** A limit that stops it before anything is looked up. */
  readonly stop?: BudgetStop;
}

/** A client, and the origin that its requests go to. */
export interface Connected {
  readonly client: ChatClient;
  readonly origin: string;
}

/** What an {@link Asker} needs from the rest. */
export interface AskerPorts {
  readonly ledger: LedgerStore;
  /** The limits in force at a moment (epoch ms). */
  readonly limits: (nowMs: number) => readonly SpendLimit[];
  /** Whether prompts and answers are kept in the ledger. */
  readonly storeText: () => boolean;
  /** A client for the endpoint in force; fails with `noKey` or `invalidBaseUrl`. */
  readonly connect: () => Promise<Result<Connected>>;
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
      yield notSent(connected.failure);
      return;
    }
    const { client, origin } = connected.value;
    const { turn } = question;
    const stopped = question.stop ? overBudget(question.stop) : await this.begin(question, origin);
    if (stopped) {
      yield notSent(stopped);
      return;
    }
    let answer = emptyAnswer;
    const request = {
      model: turn.sent.model,
      messages: question.messages,
      maxTokens: turn.sent.maxTokens,
      sessionId: question.sessionId,
    };
    try {
      for await (const event of client.stream(request, signal)) {
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

  /** Writes the row, unless a limit would be passed or cannot be checked: then nothing is written. */
  private async begin(question: Question, endpoint: string): Promise<Failure | undefined> {
    const { ledger, limits, storeText } = this.ports;
    const inForce = question.isForced ? [] : limits(question.turn.startedAtMs);
    const begun = await ledger.begin({ ...toDraft(question, storeText()), endpoint }, inForce);
    if (begun.ok) return undefined;
    const stop = toBudgetStop(begun.passed, question.reservedPico);
    return stop ? overBudget(stop) : { kind: 'limitsUnchecked', ledgerFault: begun.unchecked };
  }

  /** Closes the row of an ended answer and tells its cost. */
  private async close(turn: Turn, answer: Answer): Promise<Cost> {
    const cost = endedCost(answer, await this.pricingFor(answer, turn.sent.model), turn.startedAtMs);
    const options = { endedAtMs: Date.now(), storeText: this.ports.storeText() };
    await this.ports.ledger.update(turn.id, toLedgerPatch(answer, cost, options));
    return cost;
  }

  /** The price table matters only where the server named no cost: else the list need not be read. */
  private async pricingFor({ usage, servedModel }: Answer, asked: string): Promise<Pricing | undefined> {
    if (usage === undefined || usage.costUsd !== undefined) return undefined;
    return this.ports.pricingOf(servedModel ?? asked);
  }
}

function overBudget(budget: BudgetStop): Failure {
  return { kind: 'budget', budget };
}

/** The end of a request that never left: no row, no cost. */
function notSent(failure: Failure): AnswerEvent {
  return { type: 'ended', ending: { outcome: 'failed', failure, durationMs: 0 } };
}

function abandoned(turn: Turn): AnswerEvent {
  return { type: 'ended', ending: { outcome: 'cancelled', durationMs: Date.now() - turn.startedAtMs } };
}

function toDraft(question: Question, storeText: boolean): LedgerDraft {
  const { turn, origin, workspace, estimatedPromptTokens, reservedPico } = question;
  return {
    id: turn.id,
    startedAt: turn.startedAtMs,
    origin,
    action: turn.action,
    workspace,
    languageId: turn.sent.code?.languageId,
    requestedModel: turn.sent.model,
    maxTokens: turn.sent.maxTokens,
    estimatedPromptTokens,
    reservedPico,
    prompt: storeText ? toUserMessage(turn.sent) : undefined,
  };
}
