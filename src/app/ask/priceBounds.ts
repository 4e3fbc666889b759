import type { Failure } from '../../core/chat/failure';
import { splitModelId } from '../../core/chat/modelSuffix';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { Model, ModelEndpoint } from '../../core/models/model';
import { searchUsdOf } from '../../core/models/modelId';
import { mayServeAtTier } from '../../core/models/serviceTiers';
import type { MaxPrice, PriceOffer } from '../../core/money/maxPrice';
import { formatPico, type Pico } from '../../core/money/pico';
import type { PriceSpan } from '../../core/money/priceAt';
import {
  dearestOf,
  dearestPrices,
  type FlatPrices,
  fromMaxPrice,
  isWithin,
  raisedMaxPrice,
  scaledDown,
  toMaxPrice,
  widerMaxPrice,
  worstCost,
} from '../../core/money/priceBound';
import { mostPromptTokens } from '../../core/money/promptBound';
import type { EndpointPrices } from '../models/endpointPrices';
import type { AskRequest } from './askRequest';

/** Two clocks may differ by so much. */
const clockSkewMs = 5 * 60_000;
/** A request may wait so long for its user, and for tries that failed. */
const longestWaitMs = 15 * 60_000;

/** Offered for a model of no known price: few models of the list cost more. */
const usualMaxPrice: MaxPrice = { prompt: '5', completion: '25', request: '0' };

/** What of a request, or of one that is being typed, says at what prices it may be served. */
interface Bounded {
  readonly turn: { readonly sent: { readonly parameters: RequestParameters } };
  readonly messages: AskRequest['messages'];
}

/** The highest prices at which requests may be served, which make a spending limit hold. */
export class PriceBounds {
  constructor(
    private readonly endpointPrices: Pick<EndpointPrices, 'of'>,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * For a request that one of `models` may answer: what the user has allowed, else the dearest that the list of models
   * may mean. Where something else than the price decides who serves it, the dearest endpoint counts. `undefined` when
   * a price varies or is not known.
   */
  async of(
    request: Bounded,
    models: readonly (Model | undefined)[],
    signal: AbortSignal,
  ): Promise<FlatPrices | undefined> {
    const { maxPrice, model: id } = request.turn.sent.parameters;
    if (maxPrice) return withSearch(fromMaxPrice(maxPrice), models[0]?.pricing.searchUsd ?? searchUsdOf(id));
    const each = await Promise.all(models.map(model => this.ofModel(request, model, signal)));
    return each.includes(undefined) ? undefined : dearestOf(each.filter(prices => prices !== undefined));
  }

  private async ofModel(
    { turn, messages }: Bounded,
    model: Model | undefined,
    signal: AbortSignal,
  ): Promise<FlatPrices | undefined> {
    const span = this.spanOf(messages);
    const listed = model && dearestPrices(model.pricing, span);
    if (!listed || !mayServeDearer(turn.sent.parameters)) return listed;
    return dearestOf([listed, ...((await this.offered(model.id, turn.sent.parameters, span, signal)) ?? [])]);
  }

  /** What `request` could be allowed that has no known price, so that it fits `limitPico` if one is given. */
  offer(request: AskRequest, limitPico: Pico | undefined): PriceOffer | undefined {
    const usual = toOffer(usualMaxPrice, request);
    const costPico = costOf(usualMaxPrice, request);
    if (limitPico === undefined || costPico === undefined || costPico <= limitPico) return usual;
    const fitting = scaledDown(usualMaxPrice, limitPico, costPico);
    return fitting && toOffer(fitting, request);
  }

  /** `failure` of `request`, with what can be allowed when the bound of the request was the reason. */
  async explain(failure: Failure, request: AskRequest, signal: AbortSignal): Promise<Failure> {
    const { parameters } = request.turn.sent;
    const { model: id, maxPrice } = parameters;
    if (!maxPrice || (failure.kind !== 'noEndpoint' && failure.kind !== 'noEndpointAtPrice')) return failure;
    const asked = await this.offered(id, parameters, this.spanOf(request.messages), signal);
    const isNoneWithin =
      asked !== undefined && asked.length > 0 && !asked.some(prices => isWithin(prices, maxPrice));
    if (failure.kind === 'noEndpoint' && !isNoneWithin) return failure;
    const next = nextMaxPrice(maxPrice, asked, request);
    return { ...failure, kind: 'noEndpointAtPrice', maxPrice, offer: next && toOffer(next, request) };
  }

  /** What the endpoints of a model ask that may serve a request of these parameters. */
  private async offered(
    id: string,
    parameters: RequestParameters,
    span: PriceSpan,
    signal: AbortSignal,
  ): Promise<readonly FlatPrices[] | undefined> {
    const mayServe = (endpoint: ModelEndpoint): boolean => mayServeAtTier(endpoint, parameters);
    const endpoints = await this.endpointPrices.of(splitModelId(id).row, signal, mayServe);
    return endpoints
      ?.map(pricing => dearestPrices(pricing, span))
      .filter((prices): prices is FlatPrices => prices !== undefined);
  }

  private spanOf(messages: AskRequest['messages']): PriceSpan {
    const nowMs = this.now();
    const promptTokens = mostPromptTokens(messages);
    return { promptTokens, fromMs: nowMs - clockSkewMs, untilMs: nowMs + longestWaitMs };
  }
}

/** `:nitro` goes to the fastest endpoint, whatever it costs; so may a service tier, an order and a named provider. */
function mayServeDearer({
  model,
  fallbackModels = [],
  serviceTier,
  provider = {},
}: RequestParameters): boolean {
  const isNitro = [model, ...fallbackModels].some(id => splitModelId(id).routing.includes('nitro'));
  const isPlainTier = serviceTier === undefined || serviceTier === 'default' || serviceTier === 'flex';
  return isNitro || !isPlainTier || Object.keys(provider).length > 0;
}

/** What `request` costs at most at `prices`: what a spending limit has to have room for. */
export function reservationOf(prices: FlatPrices, { turn, messages }: AskRequest): Pico | undefined {
  return worstCost(prices, mostPromptTokens(messages), turn.sent.parameters.maxTokens);
}

/** The least that lets another endpoint serve; a little more where nobody knows why none does. */
function nextMaxPrice(
  maxPrice: MaxPrice,
  asked: readonly FlatPrices[] | undefined,
  request: AskRequest,
): MaxPrice | undefined {
  const dearer = (asked ?? [])
    .filter(prices => !isWithin(prices, maxPrice))
    .map(prices => widerMaxPrice(maxPrice, toMaxPrice(prices)))
    .sort((one, other) => Number((costOf(one, request) ?? 0n) - (costOf(other, request) ?? 0n)));
  const isAnyWithin = asked !== undefined && dearer.length < asked.length;
  if (!isAnyWithin && dearer[0]) return dearer[0];
  return raisedMaxPrice(maxPrice, isAnyWithin ? 110n : 200n);
}

function costOf(maxPrice: MaxPrice, request: AskRequest): Pico | undefined {
  const searchUsd = searchUsdOf(request.turn.sent.parameters.model);
  return reservationOf(withSearch(fromMaxPrice(maxPrice), searchUsd), request);
}

/** Millionths of a dollar are enough for a sentence; they are rounded up, because it says "at most". */
const shownUnit = 1_000_000n;

function toOffer(maxPrice: MaxPrice, request: AskRequest): PriceOffer {
  const costPico = costOf(maxPrice, request);
  if (costPico === undefined) return { maxPrice };
  return { maxPrice, costUsd: formatPico(((costPico + shownUnit - 1n) / shownUnit) * shownUnit) };
}

const withSearch = (prices: FlatPrices, searchUsd: string | undefined): FlatPrices =>
  searchUsd === undefined ? prices : { ...prices, searchUsd };
