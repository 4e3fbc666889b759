import { type Answer, type AnswerEvent, emptyAnswer, reduceAnswer } from '../../core/chat/answer';
import type { ChatClient, ChatRequest } from '../../core/chat/chatClient';
import { endedCost } from '../../core/chat/endedCost';
import type { BudgetStop, Failure } from '../../core/chat/failure';
import { joinEvent } from '../../core/chat/joinEvents';
import type { RawResponse } from '../../core/chat/rawResponse/rawResponse';
import { Seam } from '../../core/chat/seam';
import { toBudgetStop, toSpendLimits } from '../../core/ledger/budgets';
import { feesOf, toCostRecord } from '../../core/ledger/costRecords';
import type { LedgerDraft, LedgerStore } from '../../core/ledger/ledger';
import { toLedgerPatch } from '../../core/ledger/ledgerRecorder';
import type { Cost } from '../../core/money/cost';
import { type CostRecord, type RecordedEstimate, toRecordedEstimate } from '../../core/money/costRecord';
import { estimatorVersion } from '../../core/money/estimate';
import type { Pricing } from '../../core/money/pricing';
import type { Clients } from '../account/clients';
import type { ModelList } from '../models/modelList';
import { refusalByRules } from '../models/modelRuleCheck';
import type { SettingsReader } from '../ports/settingsReader';
import { type AskRequest, type Continuation, imageCount, rowId, sentAtMs } from './askRequest';
import { MoneyMeter } from './moneyMeter';
import { MoneyStop } from './moneyStop';
import type { PriceBounds } from './priceBounds';

/** What happened to an answer, and the answer after it. */
export interface AnswerStep {
  readonly event: AnswerEvent;
  readonly answer: Answer;
}

type Ended = Extract<AnswerEvent, { type: 'ended' }>;

/** What is written of a request, and read to keep its limits. */
export type AskedLedger = Pick<LedgerStore, 'begin' | 'update' | 'totals'>;

/** Sends requests and keeps the record: every request that leaves has exactly one ledger row. */
export class Asker {
  constructor(
    private readonly clients: Pick<Clients, 'chat'>,
    private readonly ledger: AskedLedger,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly models: Pick<ModelList, 'findPricing'>,
    /** Says more of a failure than the server did. */
    private readonly bounds: Pick<PriceBounds, 'explain'> = { explain: async failure => failure },
    /** Hears of every request right before it leaves. */
    private readonly onSend: (turnId: string, request: ChatRequest) => void = () => undefined,
    /** Hears of every response, by the row of its request, before its answer ends. */
    private readonly onReceive: (rowId: string, response: RawResponse) => void = () => undefined,
  ) {}

  /**
   * The steps of the answer; `cost` comes right before `ended`, which is last. A request that goes on with an answer
   * begins with `continued`. Aborting `signal` stops it.
   */
  async *ask(request: AskRequest, signal: AbortSignal): AsyncGenerator<AnswerStep> {
    const start = startOf(request);
    if (request.continues) yield { event: continuedBy(request.continues), answer: start };
    const connected = await this.clients.chat();
    if (!connected.ok) {
      yield notSent(connected.failure, start);
      return;
    }
    const { client, origin } = connected.value;
    const refusal =
      request.refusal ?? refusalByRules(this.settings.current.modelRules, request.turn.sent.parameters);
    if (refusal) return yield notSent(refusal, start);
    const stopped = request.stop ? overBudget(request.stop) : await this.begin(request, origin);
    if (stopped) {
      yield notSent(stopped, start);
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
    const { turn, messages, sessionId, continues } = request;
    let answer = startOf(request);
    const step = (event: AnswerEvent): AnswerStep => {
      answer = reduceAnswer(answer, event);
      return { event, answer };
    };
    const { parameters } = turn.sent;
    const sent: ChatRequest = { parameters, messages, sessionId };
    this.onSend(turn.id, sent);
    const seam = continues && new Seam(answer.text, continues.seam);
    const meter = this.meterOf(request);
    const stop = new MoneyStop(signal);
    try {
      for await (const came of client.stream(sent, stop.signal)) {
        const spending = await meter?.take(came);
        if (spending) yield step({ type: 'spent', spending });
        for (const event of seam ? joinEvent(came, seam) : [came]) {
          if (event.type === 'received') this.onReceive(rowId(request), event.response);
          if (event.type === 'counted' || event.type === 'received') continue;
          if (event.type !== 'ended') {
            const { generationId } = answer;
            const next = step(event);
            // Kept at once, from the headers or the first chunk: a killed editor leaves the row askable.
            if (next.answer.generationId !== generationId)
              await this.ledger.update(rowId(request), { generationId: next.answer.generationId });
            yield next;
            continue;
          }
          const told = await this.explained({ ...event, ending: stop.tell(event.ending) }, request, signal);
          const ended = reduceAnswer(answer, told);
          yield step({ type: 'cost', cost: await this.close(request, ended) });
          yield step(told);
        }
        const reached = meter?.reached;
        if (reached) stop.reach(reached, answer);
      }
    } finally {
      stop.dispose();
      // The reader left early or something broke: the row is closed all the same.
      if (answer.cost === undefined) await this.close(request, reduceAnswer(answer, abandoned(request)));
    }
  }

  /** Undefined when nothing limits what the request costs, or the user wants it whatever it costs. */
  private meterOf(request: AskRequest): MoneyMeter | undefined {
    const { budgets } = this.settings.current;
    const isLimited = budgets.maxAnswerPico !== undefined || toSpendLimits(budgets, 0).length > 0;
    if (!isLimited || request.isForced) return undefined;
    return new MoneyMeter(request, budgets, this.ledger, id => this.models.findPricing(id));
  }

  private async explained(event: Ended, request: AskRequest, signal: AbortSignal): Promise<Ended> {
    const { failure } = event.ending;
    if (!failure) return event;
    const explained = await this.bounds.explain(failure, request, signal);
    return { ...event, ending: { ...event.ending, failure: explained } };
  }

  /** Writes the row, unless a limit would be passed or cannot be checked: then nothing is written. */
  private async begin(request: AskRequest, endpoint: string): Promise<Failure | undefined> {
    const { budgets, storeText } = this.settings.current;
    const limits = request.isForced ? [] : toSpendLimits(budgets, sentAtMs(request));
    const begun = await this.ledger.begin({ ...toDraft(request, storeText), endpoint }, limits);
    if (begun.ok) return undefined;
    const stop = toBudgetStop(begun.passed, request.reservedPico);
    return stop ? overBudget(stop) : { kind: 'limitsUnchecked', ledgerFault: begun.unchecked };
  }

  /** Closes the row of an ended answer and tells its cost. */
  private async close(request: AskRequest, answer: Answer): Promise<Cost> {
    const model = answer.servedModel ?? request.turn.sent.parameters.model;
    const pricing = await this.models.findPricing(model);
    const cost = endedCost(answer, pricing, sentAtMs(request));
    const record = await this.recordOf(request, answer, cost, pricing);
    const options = { endedAtMs: Date.now(), storeText: this.settings.current.storeText, record };
    await this.ledger.update(rowId(request), toLedgerPatch(answer, cost, options));
    return cost;
  }

  /** What explains the cost of an ended answer, now or once it is settled. */
  private async recordOf(
    request: AskRequest,
    answer: Answer,
    cost: Cost,
    pricing: Pricing | undefined,
  ): Promise<CostRecord> {
    const facts = {
      usage: answer.usage ?? {},
      images: answer.imageCount,
      promptImages: imageCount(request) || undefined,
      serviceTier: answer.routing?.serviceTier,
      feesUsd: feesOf(answer.routing),
      estimate: await this.estimateOf(request),
      atMs: sentAtMs(request),
    };
    return toCostRecord(cost, facts, {
      model: answer.servedModel ?? request.turn.sent.parameters.model,
      pricing,
    });
  }

  /** What the request was expected to cost, by the prices of the model that was asked for. */
  private async estimateOf(request: AskRequest): Promise<RecordedEstimate | undefined> {
    const { estimate, sent } = request.turn;
    const { model, maxTokens } = sent.parameters;
    if (!estimate) return undefined;
    const pricing = await this.models.findPricing(model);
    const [atMs, images] = [sentAtMs(request), imageCount(request)];
    return toRecordedEstimate(estimate.promptTokens, maxTokens, pricing, atMs, images);
  }
}

function overBudget(budget: BudgetStop): Failure {
  return { kind: 'budget', budget };
}

/** The answer before anything has come. */
function startOf({ turn, continues }: AskRequest): Answer {
  return continues ? reduceAnswer(turn.answer, continuedBy(continues)) : emptyAnswer;
}

const continuedBy = ({ from, requestId }: Continuation): AnswerEvent => ({
  type: 'continued',
  from,
  requestId,
});

/** The end of a request that never left: no row, no cost. */
function notSent(failure: Failure, start: Answer): AnswerStep {
  const event: AnswerEvent = { type: 'ended', ending: { outcome: 'failed', failure, durationMs: 0 } };
  return { event, answer: reduceAnswer(start, event) };
}

function abandoned(request: AskRequest): AnswerEvent {
  return { type: 'ended', ending: { outcome: 'cancelled', durationMs: Date.now() - sentAtMs(request) } };
}

function toDraft(request: AskRequest, storeText: boolean): LedgerDraft {
  const { turn, origin, workspace, estimatedPromptTokens, reservedPico, sessionId } = request;
  return {
    id: rowId(request),
    startedAt: sentAtMs(request),
    continues: request.continues?.from,
    origin,
    compareGroup: turn.group,
    action: turn.action,
    promptId: turn.promptId,
    workspace,
    languageId: turn.sent.code?.languageId,
    requestedModel: turn.sent.parameters.model,
    maxTokens: turn.sent.parameters.maxTokens,
    estimatedPromptTokens,
    estimator: estimatedPromptTokens === undefined ? undefined : estimatorVersion,
    reservedPico,
    sessionId,
    prompt: storeText ? request.messages.findLast(({ role }) => role === 'user')?.content : undefined,
  };
}
