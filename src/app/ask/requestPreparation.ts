import { formatCount } from '../../core/base/formatCount';
import { type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import { unlessAborted } from '../../core/base/wait';
import type { Failure } from '../../core/chat/failure';
import type { Budgets } from '../../core/ledger/budgets';
import type { LedgerStore } from '../../core/ledger/ledger';
import { estimateSentence } from '../../core/models/estimateText';
import type { Model } from '../../core/models/model';
import { seesImages } from '../../core/models/modelFilter';
import { offersOf, type TierOffer } from '../../core/models/serviceTiers';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import { type CostEstimate, estimateCost } from '../../core/money/estimate';
import { ifReadable } from '../../core/money/ledgerFault';
import { displayUsd, type Pico } from '../../core/money/pico';
import { type FlatPrices, toMaxPrice } from '../../core/money/priceBound';
import { toSentEstimate } from '../../core/money/sentEstimate';
import { widestCost } from '../../core/money/widestCost';
import type { ModelList } from '../models/modelList';
import type { ModelNews } from '../models/modelNews';
import { refusalByRules } from '../models/modelRuleCheck';
import { type ModelTiers, noTiers } from '../models/modelTiers';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Workbench } from '../ports/workbench';
import type { Estimates } from '../usage/estimates';
import type { AnswerCap, AnswerCaps } from './answerCap';
import {
  cappedPromptTokens,
  contextOf,
  fitAnswer,
  isPromptTooLong,
  limitCost,
  withMaxPrice,
} from './answerLimit';
import { type AskRequest, imageCount } from './askRequest';
import { fitToModel } from './fitToModel';
import { limitToRoom, type Room, tightestRoom } from './limitRooms';
import { type PriceBounds, reservationOf } from './priceBounds';

/** From this many estimated tokens on, sending takes a second yes: it is more than a file of usual size. */
export const largeTokens = 20_000;

/** A request with all that is known of its price. */
interface Priced {
  /** The request, its answer limited to what fits the model and by what it may cost. */
  readonly limited: AskRequest;
  /** Before any correction. */
  readonly rawPromptTokens: number;
  readonly estimate: CostEstimate;
  /** What it costs at most; undefined when the price varies or is not known. */
  readonly reservedPico: Pico | undefined;
  /** Undefined when the list of models does not know it. */
  readonly model: Model | undefined;
}

/** A request that may be sent as it is, and what it is expected to cost. */
export interface PricedRequest {
  readonly request: AskRequest;
  readonly estimate: CostEstimate;
  /** Undefined when the list of models does not know it. */
  readonly model: Model | undefined;
  /** The model's context has no room for an answer. */
  readonly isTooLong: boolean;
}

/** A workspace may name a model that costs so many times as much as the user's own choice, unasked. */
const muchMore = 2n;

const isLarge = ({ limited, estimate }: Priced): boolean =>
  !limited.isForced && estimate.tokens.tokens >= largeTokens;

const noNews: Pick<ModelNews, 'of' | 'settle'> = { of: async () => plain(''), settle: () => undefined };

/** What a request is made ready with. */
export interface RequestPreparationParts {
  readonly estimates: Estimates;
  readonly models: Pick<ModelList, 'find' | 'findCached' | 'keepFresh'>;
  readonly settings: Pick<SettingsReader, 'current'>;
  readonly dialogs: Pick<Dialogs, 'confirm'>;
  readonly workbench: Pick<Workbench, 'openSetting'>;
  readonly bounds: Pick<PriceBounds, 'of' | 'offer'>;
  readonly caps: Pick<AnswerCaps, 'of'>;
  readonly news?: Pick<ModelNews, 'of' | 'settle'>;
  readonly tiers?: Pick<ModelTiers, 'peek' | 'of'>;
  readonly ledger?: Pick<LedgerStore, 'totals'>;
}

/** What happens before a request is sent: the estimate, the limit per answer, and a second yes where it is due. */
export class RequestPreparation {
  /** Models that the user has agreed to in this window. */
  private readonly accepted = new Set<string>();

  private readonly news: Pick<ModelNews, 'of' | 'settle'>;
  private readonly tiers: Pick<ModelTiers, 'peek' | 'of'>;

  constructor(private readonly parts: RequestPreparationParts) {
    this.news = parts.news ?? noNews;
    this.tiers = parts.tiers ?? noTiers;
  }

  /** The request made ready; undefined when it was stopped, or the user does not want to send it after all. */
  async prepare(request: AskRequest, signal: AbortSignal): Promise<AskRequest | undefined> {
    const { budgets } = this.parts.settings.current;
    const forbidden = await this.forbidden(request);
    if (forbidden) return { ...request, refusal: forbidden };
    const mustKnow = isAnySet(budgets) || this.isOfWorkspace(request);
    let priced = await this.price(request, budgets, mustKnow, signal);
    // A price is about to be shown: now it is worth waiting for.
    if (!mustKnow && isLarge(priced)) priced = await this.price(request, budgets, true, signal);
    if (signal.aborted) return undefined;
    if (priced.limited.refusal) return priced.limited;
    return (await this.isWanted(priced, budgets, signal)) ? toReady(priced) : undefined;
  }

  /** The request made ready with what is known of its price, for who asks the user about several at once. */
  async priceOnly(request: AskRequest, signal: AbortSignal): Promise<PricedRequest> {
    const priced = await this.price(request, this.parts.settings.current.budgets, true, signal);
    const { limited, estimate, model } = priced;
    const isTooLong = isPromptTooLong(estimate.tokens, model);
    return { request: limited.refusal ? limited : toReady(priced), estimate, model, isTooLong };
  }

  /** Before any question: nobody need say yes to what is not sent. */
  private async forbidden({ turn }: AskRequest): Promise<Failure | undefined> {
    const { modelRules } = this.parts.settings.current;
    const { parameters } = turn.sent;
    const plainly = refusalByRules(modelRules, parameters);
    if (plainly || modelRules.allowedModels.length + modelRules.blockedModels.length === 0) return plainly;
    const ids = [parameters.model, ...(parameters.fallbackModels ?? [])];
    const rows = await Promise.all(ids.map(id => this.parts.models.findCached(id)));
    return refusalByRules(modelRules, parameters, rows);
  }

  /** The workspace's settings, or a prompt of it, have chosen the model, and the user has not agreed to it yet. */
  private isOfWorkspace({ turn, isForced, isModelOfWorkspace }: AskRequest): boolean {
    const { parameters, replacedModel } = this.parts.settings.current;
    const { model: asked } = turn.sent.parameters;
    const isReplaced = replacedModel !== undefined && asked === parameters.model;
    return !isForced && (isReplaced || isModelOfWorkspace === true) && !this.accepted.has(asked);
  }

  private async price(
    asked: AskRequest,
    budgets: Budgets,
    mustKnow: boolean,
    signal: AbortSignal,
  ): Promise<Priced> {
    const { model: id, fallbackModels = [], serviceTier } = asked.turn.sent.parameters;
    const ids = [id, ...fallbackModels];
    const models = await Promise.all(ids.map(each => this.findModel(each, mustKnow, signal)));
    const [model] = models;
    const offers = await this.tiersOf(id, mustKnow && serviceTier !== undefined, signal);
    const request = fitToModel(asked, model, offers, this.parts.settings.current.parameters);
    const { messages, turn } = request;
    const { rawPromptTokens, tokens } = await this.parts.estimates.ofPrompt(messages, id);
    const seen = refusedWithoutVision(request, model);
    const fitting = fitAnswer(seen, tokens, model);
    const isBound = isAnySet(budgets) || turn.sent.parameters.maxPrice !== undefined;
    const bound = isBound ? await this.parts.bounds.of(fitting, models, signal) : undefined;
    const kept =
      budgets.maxAnswerPico === undefined || request.isForced
        ? ({ by: 'maxTokens' } as const)
        : await this.parts.caps.of(ids, model, signal);
    const cap: AnswerCap = {
      ...kept,
      prices: bound,
      promptTokens: cappedPromptTokens(tokens),
      images: tokens.images,
      tokenizer: tokenizerFamily(model ?? { id }),
    };
    const pricing = bound ? { pricing: bound } : model;
    const priced = { ...limitCost(fitting, tokens, pricing, budgets.maxAnswerPico, cap.by), cap };
    const fits = bound ? limitToRoom(priced, bound, await this.roomOf(budgets)) : priced;
    const limited = isBound && !fits.refusal ? this.bind(fits, bound, budgets) : fits;
    const { maxTokens, serviceTier: tier } = limited.turn.sent.parameters;
    // The tier that is asked for is not promised: the standard price counts, too.
    const prices = [...models, ...offersOf(offers ?? [], tier)].map(each => each?.pricing);
    const estimate = widestCost(prices.map(pricing => estimateCost(tokens, maxTokens, pricing, Date.now())));
    const reservedPico = bound ? reservationOf(bound, limited) : estimate.maxPico;
    return { limited, rawPromptTokens, estimate, reservedPico, model };
  }

  /** What the tightest limit leaves. Undefined when nothing does, or nobody knows: then the ledger refuses the request. */
  private roomOf(budgets: Budgets): Promise<Room | undefined> {
    return ifReadable(tightestRoom(budgets, this.parts.ledger, Date.now()));
  }

  /** The request that no endpoint of higher prices serves; refused when nobody knows which those are. */
  private bind(request: AskRequest, prices: FlatPrices | undefined, budgets: Budgets): AskRequest {
    if (prices && reservationOf(prices, request) !== undefined) {
      const bound = toMaxPrice(prices);
      // Where no price of an image is known, none may be asked for.
      return withMaxPrice(request, imageCount(request) > 0 ? { image: '0', ...bound } : bound);
    }
    if (request.isForced) return request;
    const offer = this.parts.bounds.offer(request, budgets.perRequestPico);
    return { ...request, refusal: { kind: 'priceNotBound', offer } };
  }

  /**
   * The catalogue's row. `mustKnow`, because a limit or the user's answer depends on its price: asks the server
   * when it is not at hand or old. Else nobody waits for the server.
   */
  private findModel(id: string, mustKnow: boolean, signal: AbortSignal): Promise<Model | undefined> {
    if (mustKnow) return unlessAborted(this.parts.models.find(id), signal);
    void this.parts.models.keepFresh();
    return this.parts.models.findCached(id);
  }

  /** Nobody waits for the server where no limit and no answer of the user depends on it. */
  private tiersOf(
    id: string,
    mustKnow: boolean,
    signal: AbortSignal,
  ): Promise<readonly TierOffer[] | undefined> {
    if (mustKnow) return unlessAborted(this.tiers.of(id, signal), signal);
    return Promise.resolve(this.tiers.peek(id));
  }

  private async isWanted(priced: Priced, budgets: Budgets, signal: AbortSignal): Promise<boolean> {
    const { limited, estimate, reservedPico, model } = priced;
    const { turn, isForced } = limited;
    if (isForced) return true;
    const { tokens } = estimate.tokens;
    const isTooLong = isPromptTooLong(estimate.tokens, model);
    const limits = limitSentence(reservedPico, budgets);
    const workspace = await this.workspaceSentence(priced, signal);
    const news = model ? await this.news.of(model) : plain('');
    if (signal.aborted) return false;
    if (!isLarge(priced) && !isTooLong && `${limits}${workspace}${news}` === '') return true;
    const { model: asked, maxTokens } = turn.sent.parameters;
    const details = [
      contextSentence(model, isTooLong, tokens + maxTokens),
      plain(estimateSentence(estimate, model, maxTokens)),
      news,
      workspace,
      limits,
    ];
    const [send, change] = ['Send', 'Change Limit'];
    const choice = await this.parts.dialogs.confirm(
      say`Send about ${formatCount(tokens)} tokens to ${asked}?`,
      paragraphs(...details),
      ...(limits === '' ? [send] : [send, change]),
    );
    if (choice === change) await this.parts.workbench.openSetting('budget');
    if (choice !== send) return false;
    this.accepted.add(asked);
    if (model) this.news.settle(model);
    return true;
  }

  /** What must be said when the workspace, not the user, has chosen a much more expensive model; said once a window. */
  private async workspaceSentence({ limited, estimate }: Priced, signal: AbortSignal): Promise<PlainText> {
    const { maxTokens } = limited.turn.sent.parameters;
    const { parameters, replacedModel } = this.parts.settings.current;
    if (!this.isOfWorkspace(limited)) return plain('');
    const ownChoice = replacedModel ?? parameters.model;
    const own = await this.findModel(ownChoice, true, signal);
    const { maxPico } = estimateCost(estimate.tokens, maxTokens, own?.pricing, Date.now());
    // What the user's own choice costs is not known either: nothing to compare with.
    if (maxPico === undefined) return plain('');
    if (estimate.maxPico !== undefined && estimate.maxPico <= muchMore * maxPico) return plain('');
    const who = limited.isModelOfWorkspace ? 'A prompt' : 'The settings';
    const name = limited.isModelOfWorkspace ? 'names' : 'name';
    return say`${who} of this workspace ${name} this model. Your own choice, ${ownChoice}, would cost at most ${displayUsd(maxPico)}.`;
  }
}

function toReady({ limited, rawPromptTokens, estimate, reservedPico, model }: Priced): AskRequest {
  const { tokens, images } = estimate.tokens;
  const sentEstimate = toSentEstimate(tokens, model?.pricing, Date.now(), images);
  return {
    ...limited,
    // What images count would pass for an error of the rule for texts.
    estimatedPromptTokens: images === undefined ? rawPromptTokens : undefined,
    reservedPico,
    turn: { ...limited.turn, estimate: sentEstimate },
  };
}

/** The request, refused where images would go to a model of which it is known that it reads none. */
function refusedWithoutVision(request: AskRequest, model: Model | undefined): AskRequest {
  const isBlind = model !== undefined && !seesImages(model) && imageCount(request) > 0;
  return isBlind ? { ...request, refusal: { kind: 'needsVision' } } : request;
}

const isAnySet = (budgets: Budgets): boolean => Object.values(budgets).some(limit => limit !== undefined);

/** The limit per request, where it may be passed. */
function limitSentence(reservedPico: Pico | undefined, { perRequestPico }: Budgets): PlainText {
  if (perRequestPico === undefined || reservedPico === undefined || reservedPico <= perRequestPico)
    return plain('');
  return say`Your limit per request is ${displayUsd(perRequestPico)}. With a token for every byte and the longest answer this one costs ${displayUsd(reservedPico)}.`;
}

function contextSentence(model: Model | undefined, isTooLong: boolean, tokens: number): PlainText {
  const most = contextOf(model);
  if (most === undefined || tokens <= most) return plain('');
  const context = `its context is ${formatCount(most)} tokens, answer included`;
  return isTooLong
    ? say`This does not fit into the model: ${context}. It will refuse the request or leave parts out. Send less, or pick a model with a larger context.`
    : say`This is probably too much for the model: ${context}.`;
}
