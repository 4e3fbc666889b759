import { splitModelId } from '../../core/chat/modelSuffix';
import type { LedgerQueries, RowFilter } from '../../core/ledger/ledgerQueries';
import type { Model } from '../../core/models/model';
import { findModel } from '../../core/models/modelId';
import { tokenizerFamily } from '../../core/models/tokenizerFamily';
import { isFree } from '../../core/money/priceText';
import { cutsFor, type Move } from '../../core/usage/whatIf/move';
import { exactly } from '../../core/usage/whatIf/range';
import { routePrices } from '../../core/usage/whatIf/routePrices';
import { learntRatio, type Tokenizer, tokenRatio } from '../../core/usage/whatIf/tokenRatio';
import { type WhatIf, whatIf } from '../../core/usage/whatIf/whatIf';
import type { WhatIfChoice } from '../../protocol/whatIfState';
import type { EndpointPrices } from '../models/endpointPrices';

/** So many of a model's latest requests tell how it counts tokens, and how long its answers are. */
const latestCounts = 50;
const latestAnswers = 500;
/** The server is asked about no more models than these at a time. */
const mostLookedUp = 20;

export interface WhatIfSources {
  readonly queries: Pick<LedgerQueries, 'split' | 'workloads' | 'answerLengths' | 'promptCounts'>;
  readonly endpoints: Pick<EndpointPrices, 'endpointsOf'>;
  /** The list of models. */
  readonly models: readonly Model[];
}

export interface WhatIfAnswer extends WhatIf {
  /** Undefined when the models stay the same. */
  readonly target: Model | undefined;
  readonly isFree: boolean;
  readonly readsCaches: boolean;
  readonly unknownRequests: number;
}

/** The figures, or why there are none, as a sentence. */
export type AnswerOrReason = WhatIfAnswer | { readonly reason: string };

/** What the rows of `filter` would have cost by `choice`. */
export async function readWhatIf(
  sources: WhatIfSources,
  filter: RowFilter,
  choice: WhatIfChoice,
  signal: AbortSignal,
): Promise<AnswerOrReason> {
  const { queries } = sources;
  const parts = await queries.split('model', filter);
  const names = parts.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const used = filter.model === undefined ? names : [filter.model];
  const found = await movesOf(sources, used, choice, signal);
  if ('reason' in found) return found;
  const { moves, target } = found;
  const cuts = cutsFor([...moves.values()]);
  const [{ known, unknownRequests }, trials] = await Promise.all([
    queries.workloads(filter, cuts, signal),
    target ? queries.answerLengths(target.id, latestAnswers) : [],
  ]);
  return {
    ...whatIf(known, name => moves.get(name), trials),
    target,
    isFree: [...moves.values()].every(({ prices }) => isFree(prices.likely.pricing)),
    readsCaches: known.some(({ cachedTokens }) => cachedTokens > 0),
    unknownRequests,
  };
}

type MovesOrReason =
  | { readonly moves: ReadonlyMap<string, Move>; readonly target: Model | undefined }
  | { readonly reason: string };

async function movesOf(
  sources: WhatIfSources,
  used: readonly string[],
  { model, route }: WhatIfChoice,
  signal: AbortSignal,
): Promise<MovesOrReason> {
  if (model === undefined) return movesToThemselves(sources, used, route, signal);
  const { row } = splitModelId(model);
  const target = findModel(sources.models, row);
  if (!target) return { reason: `${model} is not in the list of models, so its price is not known.` };
  const endpoints = route === 'listed' ? undefined : await sources.endpoints.endpointsOf(target.id, signal);
  const priced = routePrices(target, route, endpoints);
  if ('reason' in priced) return priced;
  const tokenizerOf = await learnTokenizers(sources, used, target);
  const moves = used.map((name): [string, Move] => {
    const isSameModel = findModel(sources.models, name)?.id === target.id;
    const ratio = isSameModel ? exactly(1) : tokenRatio(tokenizerOf(name), tokenizerOf(target.id));
    return [name, { target, prices: priced.prices, ratio, isSameModel }];
  });
  return { moves: new Map(moves), target };
}

/** Each model by another route; those that cost the most come first. */
async function movesToThemselves(
  { models, endpoints }: WhatIfSources,
  used: readonly string[],
  route: WhatIfChoice['route'],
  signal: AbortSignal,
): Promise<MovesOrReason> {
  const reasons: string[] = [];
  const moves = await Promise.all(
    used.slice(0, mostLookedUp).map(async (name): Promise<readonly [string, Move][]> => {
      const target = findModel(models, name);
      if (!target) return [];
      const priced = routePrices(target, route, await endpoints.endpointsOf(target.id, signal));
      if ('prices' in priced)
        return [[name, { target, prices: priced.prices, ratio: exactly(1), isSameModel: true }]];
      reasons.push(priced.reason);
      return [];
    }),
  );
  const known = moves.flat();
  if (known.length > 0 || used.length === 0) return { moves: new Map(known), target: undefined };
  return { reason: reasons[0] ?? 'None of these models is in the list of models, so no price is known.' };
}

/** How models count tokens, by the user's own requests where there are enough. */
async function learnTokenizers(
  { queries, models }: WhatIfSources,
  used: readonly string[],
  target: Model,
): Promise<(name: string) => Tokenizer> {
  const rowOf = (name: string) => findModel(models, name) ?? { id: name };
  const family = tokenizerFamily(target);
  const alike = models.filter(model => tokenizerFamily(model) === family).map(({ id }) => id);
  const ids = new Set([...used.map(name => rowOf(name).id), target.id, ...alike]);
  const counts = await queries.promptCounts([...ids], latestCounts);
  const familyOf = new Map([...ids].map(id => [id, tokenizerFamily(rowOf(id))]));
  return name => {
    const row = rowOf(name);
    const own = tokenizerFamily(row);
    const learnt =
      learntRatio(counts.filter(({ model }) => model === row.id)) ??
      learntRatio(counts.filter(({ model }) => familyOf.get(model) === own));
    return { family: own, learnt };
  };
}
