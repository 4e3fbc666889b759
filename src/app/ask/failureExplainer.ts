import type { ExcludingRule, Failure, ModelOffer } from '../../core/chat/failure';
import type { LedgerStore } from '../../core/ledger/ledger';
import { nearOffers, paidTwin, roomierModels } from '../../core/models/alternatives';
import { excludingRules } from '../../core/models/excludingRules';
import type { Model } from '../../core/models/model';
import { ifReadable } from '../../core/money/ledgerFault';
import { formatPico } from '../../core/money/pico';
import type { EndpointLookup } from '../models/endpointLookup';
import type { ModelList } from '../models/modelList';
import type { AskRequest } from './askRequest';
import type { PriceBounds } from './priceBounds';

/** What open requests hold is asked of those that began since then. */
const openForMs = 3_600_000;

/** Says more of a failure than the server did: what else would do, and which rule of the request was the reason. */
export class FailureExplainer {
  constructor(
    private readonly bounds: Pick<PriceBounds, 'explain'>,
    private readonly models: Pick<ModelList, 'cached'>,
    private readonly endpoints: Pick<EndpointLookup, 'of'>,
    private readonly ledger: Pick<LedgerStore, 'totals'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** `failure` of `request` with what is known here besides. Never rejects for what servers and the disk do. */
  async explain(failure: Failure, request: AskRequest, signal: AbortSignal): Promise<Failure> {
    const { model } = request.turn.sent.parameters;
    switch (failure.kind) {
      case 'noEndpoint':
      case 'dataPolicy':
      case 'noEndpointAtPrice':
        return this.explainRules(await this.bounds.explain(failure, request, signal), request, signal);
      case 'modelNotFound':
        return this.offering(failure, models => nearOffers(models, model));
      case 'rateLimited':
      case 'freeDailyLimit':
      case 'freeQuotaUsed':
        return this.offering(failure, models => paidTwin(models, model));
      case 'contextTooLong':
        return this.explainRoom(failure, request);
      case 'inFlightBudget':
        return { ...failure, heldUsd: await this.heldUsd(request) };
      default:
        return failure;
    }
  }

  private async explainRules(failure: Failure, request: AskRequest, signal: AbortSignal): Promise<Failure> {
    if (failure.kind === 'noEndpointAtPrice') return failure;
    const { parameters } = request.turn.sent;
    const endpoints = await this.endpoints.of(parameters.model, signal);
    const found = endpoints ? excludingRules(endpoints, parameters) : [];
    const excludedBy =
      failure.kind === 'dataPolicy' ? privacyRules(found, request, endpoints !== undefined) : found;
    return excludedBy.length === 0 ? failure : { ...failure, excludedBy };
  }

  private async explainRoom(failure: Failure, request: AskRequest): Promise<Failure> {
    const { model, maxTokens } = request.turn.sent.parameters;
    const needed = (request.estimatedPromptTokens ?? 0) + maxTokens;
    const { earlierTurns } = request.turn.sent;
    const cached = await this.models.cached();
    const current = cached?.models.find(({ id }) => id === model)?.contextTokens ?? 0;
    const told = earlierTurns > 0 ? { ...failure, earlierTurns } : failure;
    // The estimate may be too low: the server has just said that this context is.
    return this.offering(told, models => roomierModels(models, model, Math.max(needed, current + 1)));
  }

  private async offering(
    failure: Failure,
    offersOf: (models: readonly Model[]) => readonly ModelOffer[],
  ): Promise<Failure> {
    const offers = offersOf((await this.models.cached())?.models ?? []);
    return offers.length === 0 ? failure : { ...failure, alternatives: offers };
  }

  /** What the other open requests of this computer hold; undefined when that is nothing, or cannot be read. */
  private async heldUsd({ reservedPico = 0n }: AskRequest): Promise<string | undefined> {
    const totals = await ifReadable(this.ledger.totals({ fromMs: this.now() - openForMs }));
    const others = (totals?.heldPico ?? 0n) - reservedPico;
    return others > 0n ? formatPico(others) : undefined;
  }
}

/** Of a refusal for privacy: the request's own rules, or the account's where those would have let an endpoint serve. */
function privacyRules(
  found: readonly ExcludingRule[],
  { turn }: AskRequest,
  isKnown: boolean,
): readonly ExcludingRule[] {
  const { zdr, data_collection } = turn.sent.parameters.provider ?? {};
  const own: readonly ExcludingRule[] = [
    ...(zdr === true ? (['zdr'] as const) : []),
    ...(data_collection === 'deny' ? (['data_collection'] as const) : []),
  ];
  if (own.length === 0) return ['account'];
  if (!isKnown) return own;
  return found.length === 0 ? ['account'] : own;
}
