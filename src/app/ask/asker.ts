import { type Answer, type AnswerEvent, emptyAnswer, reduceAnswer } from '../../core/chat/answer';
import type { ChatClient, ChatRequest } from '../../core/chat/chatClient';
import type { Turn } from '../../core/chat/conversation';
import { endedCost } from '../../core/chat/endedCost';
import type { BudgetStop, Failure } from '../../core/chat/failure';
import { toBudgetStop, toSpendLimits } from '../../core/ledger/budgets';
import { feesOf, toCostRecord } from '../../core/ledger/costRecords';
import type { LedgerDraft, LedgerStore } from '../../core/ledger/ledger';
import { toLedgerPatch } from '../../core/ledger/ledgerRecorder';
import type { Cost } from '../../core/money/cost';
import { type CostRecord, type RecordedEstimate, toRecordedEstimate } from '../../core/money/costRecord';
import { estimatorVersion } from '../../core/money/estimate';
import type { Pricing } from '../../core/money/pricing';
import { toUserMessage } from '../../core/prompts/messages';
import type { Clients } from '../account/clients';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports';
import type { AskRequest } from './askRequest';
import type { PriceBounds } from './priceBounds';

/** What happened to an answer, and the answer after it. */
export interface AnswerStep {
  readonly event: AnswerEvent;
  readonly answer: Answer;
}

type Ended = Extract<AnswerEvent, { type: 'ended' }>;

/** Sends requests and keeps the record: every request that leaves has exactly one ledger row. */
export class Asker {
  constructor(
    private readonly clients: Pick<Clients, 'chat'>,
    private readonly ledger: LedgerStore,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly models: Pick<ModelList, 'findPricing'>,
    /** Says more of a failure than the server did. */
    private readonly bounds: Pick<PriceBounds, 'explain'> = { explain: async failure => failure },
    /** Hears of every request right before it leaves. */
    private readonly onSend: (turnId: string, request: ChatRequest) => void = () => undefined,
  ) {}

  /** The steps of the answer; `cost` comes right before `ended`, which is last. Aborting `signal` stops it. */
  async *ask(request: AskRequest, signal: AbortSignal): AsyncGenerator<AnswerStep> {
    const connected = await this.clients.chat();
    if (!connected.ok) {
      yield notSent(connected.failure);
      return;
    }
    const { client, origin } = connected.value;
    if (request.refusal) return yield notSent(request.refusal);
    const stopped = request.stop ? overBudget(request.stop) : await this.begin(request, origin);
    if (stopped) {
      yield notSent(stopped);
      return;
    }
    yield* this.answer(request, client, signal);
  }

  /** The steps of a request whose row is written. */
  private async *answer(
    request: AskRequest,
    client: ChatClient,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerStep> {
    const { turn, messages, sessionId } = request;
    let answer = emptyAnswer;
    const step = (event: AnswerEvent): AnswerStep => {
      answer = reduceAnswer(answer, event);
      return { event, answer };
    };
    const { parameters } = turn.sent;
    const sent: ChatRequest = { parameters, messages, sessionId };
    this.onSend(turn.id, sent);
    try {
      for await (const event of client.stream(sent, signal)) {
        if (event.type !== 'ended') {
          const { generationId } = answer;
          const next = step(event);
          // Kept at once, from the headers or the first chunk: a killed editor leaves the row askable.
          if (next.answer.generationId !== generationId)
            await this.ledger.update(turn.id, { generationId: next.answer.generationId });
          yield next;
          continue;
        }
        const told = await this.explained(event, request, signal);
        const ended = reduceAnswer(answer, told);
        yield step({ type: 'cost', cost: await this.close(turn, ended) });
        yield step(told);
      }
    } finally {
      // The reader left early or something broke: the row is closed all the same.
      if (answer.cost === undefined) await this.close(turn, reduceAnswer(answer, abandoned(turn)));
    }
  }

  private async explained(event: Ended, request: AskRequest, signal: AbortSignal): Promise<Ended> {
    const { failure } = event.ending;
    if (!failure) return event;
    return {
      ...event,
      ending: { ...event.ending, failure: await this.bounds.explain(failure, request, signal) },
    };
  }

  /** Writes the row, unless a limit would be passed or cannot be checked: then nothing is written. */
  private async begin(request: AskRequest, endpoint: string): Promise<Failure | undefined> {
    const { budgets, storeText } = this.settings.current;
    const limits = request.isForced ? [] : toSpendLimits(budgets, request.turn.startedAtMs);
    const begun = await this.ledger.begin({ ...toDraft(request, storeText), endpoint }, limits);
    if (begun.ok) return undefined;
    const stop = toBudgetStop(begun.passed, request.reservedPico);
    return stop ? overBudget(stop) : { kind: 'limitsUnchecked', ledgerFault: begun.unchecked };
  }

  /** Closes the row of an ended answer and tells its cost. */
  private async close(turn: Turn, answer: Answer): Promise<Cost> {
    const model = answer.servedModel ?? turn.sent.parameters.model;
    const pricing = await this.models.findPricing(model);
    const cost = endedCost(answer, pricing, turn.startedAtMs);
    const record = await this.recordOf(turn, answer, cost, pricing);
    const options = { endedAtMs: Date.now(), storeText: this.settings.current.storeText, record };
    await this.ledger.update(turn.id, toLedgerPatch(answer, cost, options));
    return cost;
  }

  /** What explains the cost of an ended answer, now or once it is settled. */
  private async recordOf(
    turn: Turn,
    answer: Answer,
    cost: Cost,
    pricing: Pricing | undefined,
  ): Promise<CostRecord> {
    const facts = {
      usage: answer.usage ?? {},
      images: answer.imageCount,
      serviceTier: answer.routing?.serviceTier,
      feesUsd: feesOf(answer.routing),
      estimate: await this.estimateOf(turn),
      atMs: turn.startedAtMs,
    };
    return toCostRecord(cost, facts, { model: answer.servedModel ?? turn.sent.parameters.model, pricing });
  }

  /** What `turn` was expected to cost, by the prices of the model that was asked for. */
  private async estimateOf({ estimate, sent, startedAtMs }: Turn): Promise<RecordedEstimate | undefined> {
    const { model, maxTokens } = sent.parameters;
    if (!estimate) return undefined;
    const pricing = await this.models.findPricing(model);
    return toRecordedEstimate(estimate.promptTokens, maxTokens, pricing, startedAtMs);
  }
}

function overBudget(budget: BudgetStop): Failure {
  return { kind: 'budget', budget };
}

/** The end of a request that never left: no row, no cost. */
function notSent(failure: Failure): AnswerStep {
  const event: AnswerEvent = { type: 'ended', ending: { outcome: 'failed', failure, durationMs: 0 } };
  return { event, answer: reduceAnswer(emptyAnswer, event) };
}

function abandoned(turn: Turn): AnswerEvent {
  return { type: 'ended', ending: { outcome: 'cancelled', durationMs: Date.now() - turn.startedAtMs } };
}

function toDraft(request: AskRequest, storeText: boolean): LedgerDraft {
  const { turn, origin, workspace, estimatedPromptTokens, reservedPico, sessionId } = request;
  return {
    id: turn.id,
    startedAt: turn.startedAtMs,
    origin,
    action: turn.action,
    workspace,
    languageId: turn.sent.code?.languageId,
    requestedModel: turn.sent.parameters.model,
    maxTokens: turn.sent.parameters.maxTokens,
    estimatedPromptTokens,
    estimator: estimatedPromptTokens === undefined ? undefined : estimatorVersion,
    reservedPico,
    sessionId,
    prompt: storeText ? toUserMessage(turn.sent) : undefined,
  };
}
