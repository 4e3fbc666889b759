import { formatCount } from '../../core/base/formatCount';
import type { ChatMessage } from '../../core/chat/chatClient';
import { leftPhrase } from '../../core/chat/spending';
import type { Budgets } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { Model } from '../../core/models/model';
import { affordableWithin } from '../../core/money/estimate';
import { ifReadable } from '../../core/money/ledgerFault';
import { displayUsd, type Pico } from '../../core/money/pico';
import { runningCost } from '../../core/money/runningCost';
import type { ModelList } from '../models/modelList';
import type { SettingsReader } from '../ports/settingsReader';
import { parametersFor } from '../settings';
import type { Estimates } from '../usage/estimates';
import type { AnswerCaps } from './answerCap';
import { cappedPromptTokens } from './answerLimit';
import { tightestRoom, tokensWithin } from './limitRooms';
import type { Bounded, PriceBounds } from './priceBounds';

/** How the limits would be kept for a question, in one line; undefined when there is nothing to say. */
export type CapNote = (messages: readonly ChatMessage[]) => Promise<string | undefined>;

/** How one limit would be kept, and how long an answer it leaves. */
interface Kept {
  readonly maxTokens: number;
  readonly text: string;
}

/** Says in one line how the limit would be kept for a draft that makes its answer the shortest. */
export function createCapNote(
  estimates: Pick<Estimates, 'ofPrompt'>,
  models: Pick<ModelList, 'findCached'>,
  settings: Pick<SettingsReader, 'current'>,
  caps: Pick<AnswerCaps, 'of'>,
  {
    bounds,
    ledger,
  }: { readonly bounds: Pick<PriceBounds, 'of'>; readonly ledger: Pick<LedgerStore, 'totals'> },
): CapNote {
  return async messages => {
    const { budgets } = settings.current;
    const parameters = parametersFor(settings.current);
    const model = await models.findCached(parameters.model);
    if (!model) return undefined;
    const draft = { turn: { sent: { parameters } }, messages };
    const perAnswer = budgets.maxAnswerPico && (await ofAnswer(draft, model, budgets.maxAnswerPico));
    const left = await ofWhatIsLeft(draft, model, budgets);
    return perAnswer && (!left || perAnswer.maxTokens <= left.maxTokens) ? perAnswer.text : left?.text;
  };

  async function ofAnswer(
    { messages, turn }: Bounded,
    model: Model,
    limitPico: Pico,
  ): Promise<Kept | undefined> {
    const { parameters } = turn.sent;
    const ids = [parameters.model, ...(parameters.fallbackModels ?? [])];
    const { by } = await caps.of(ids, model, new AbortController().signal);
    const limit = displayUsd(limitPico);
    if (by === 'stop') return { maxTokens: parameters.maxTokens, text: stopNote(limit) };
    const { tokens } = await estimates.ofPrompt(messages, parameters.model);
    const [promptTokens, atMs] = [cappedPromptTokens(tokens), Date.now()];
    const maxTokens = affordableWithin(limitPico, parameters.maxTokens, answerTokens =>
      runningCost(model.pricing, promptTokens, answerTokens, atMs, tokens.images),
    );
    return maxTokens === undefined ? undefined : { maxTokens, text: maxTokensNote(limit, maxTokens) };
  }

  /** Of the limits per request, session, day and month, where they make the answer shorter. */
  async function ofWhatIsLeft(draft: Bounded, model: Model, budgets: Budgets): Promise<Kept | undefined> {
    const { parameters } = draft.turn.sent;
    // Where nobody knows what they leave, the ledger says so when the question is sent.
    const room = await ifReadable(tightestRoom(budgets, ledger, Date.now()));
    if (!room) return undefined;
    const fallbacks = (parameters.fallbackModels ?? []).map(id => models.findCached(id));
    const rows = [model, ...(await Promise.all(fallbacks))];
    const prices = await bounds.of(draft, rows, new AbortController().signal);
    const maxTokens = prices && tokensWithin(room, prices, draft, parameters.maxTokens);
    if (maxTokens === undefined || maxTokens >= parameters.maxTokens) return undefined;
    return { maxTokens, text: leftNote(leftPhrase(room.kind, displayUsd(room.pico).slice(1)), maxTokens) };
  }
}

const stopNote = (limit: string): string =>
  `Stops at your limit of ${limit} per answer: every provider of this model bills no more after a stop.`;

const maxTokensNote = (limit: string, maxTokens: number): string =>
  `At most ${formatCount(maxTokens)} tokens of answer, for your limit of ${limit}: a provider of this model may bill on after a stop.`;

const leftNote = (limit: string, maxTokens: number): string =>
  `At most ${formatCount(maxTokens)} tokens of answer, for ${limit}: the request can never cost more.`;
