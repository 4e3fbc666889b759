import { groupBy } from '../../base/groupBy';
import type { AnswerLength, Workload } from '../../ledger/workload';
import { divideHalfEven, type Pico } from '../../money/pico';
import { priceAt } from '../../money/priceAt';
import { sumOf } from '../../money/priceTable';
import { AnswerForecast, type Moved } from './answerForecast';
import { CacheForecast } from './cacheForecast';
import { fits, type Move } from './move';
import type { Range } from './range';
import { type ReasoningBasis, ReasoningForecast } from './reasoningForecast';

/** An amount that is not sure. */
export interface PicoRange {
  readonly low: Pico;
  readonly likely: Pico;
  readonly high: Pico;
}

/** What the requests of one action cost, and would have cost. */
export interface WhatIfAction {
  readonly action: string;
  readonly requests: number;
  readonly costPico: Pico;
  readonly would: PicoRange;
  /** Asked most often for it, as the ledger names it. */
  readonly mostUsed: string;
}

export interface WhatIf {
  /** Most expensive first. */
  readonly actions: readonly WhatIfAction[];
  readonly total: Omit<WhatIfAction, 'action' | 'mostUsed'>;
  /** Requests that are too long for the target. */
  readonly tooLong: number;
  /** Requests to models that have no move. */
  readonly unmoved: number;
  /** Requests to the target from which its answers' length was learnt. */
  readonly trials: number;
  readonly reasoning: ReasoningBasis;
}

/** What is expected of the target for a workload, in its own tokens. */
interface Forecast {
  readonly cached: { readonly likely: number; readonly most: number };
  readonly answer: Range;
  readonly reasoning: Range;
}

/**
 * What `workloads` would have cost. `moveOf` says what becomes of requests to a model; undefined where that cannot be
 * told. `trials` are earlier requests to the target.
 */
export function whatIf(
  workloads: readonly Workload[],
  moveOf: (model: string) => Move | undefined,
  trials: readonly AnswerLength[],
): WhatIf {
  const moved = workloads.flatMap(workload => {
    const move = moveOf(workload.model);
    return move ? [{ workload, move }] : [];
  });
  const fitting = moved.filter(({ workload, move }) => fits(move, workload.mostPromptTokens));
  const answers = new AnswerForecast(fitting, trials);
  const reasoning = new ReasoningForecast(fitting, trials);
  const caches = new CacheForecast(trials);
  const forecastOf = (each: Moved): Forecast => {
    const answer = answers.of(each);
    return { answer, reasoning: reasoning.of(each, answer), cached: caches.of(each) };
  };
  const byAction = groupBy(fitting, ({ workload }) => workload.action);
  const actions = [...byAction].map(([action, group]) => toAction(action, group, forecastOf)).sort(byCost);
  return {
    actions,
    total: totalOf(actions),
    tooLong: requestsOf(moved) - requestsOf(fitting),
    unmoved: count(workloads) - requestsOf(moved),
    trials: trials.length,
    reasoning: reasoning.basis,
  };
}

function toAction(
  action: string,
  group: readonly Moved[],
  forecastOf: (moved: Moved) => Forecast,
): WhatIfAction {
  const would = group.map(moved => wouldCost(moved, forecastOf(moved)));
  const requests = new Map<string, number>();
  for (const { workload } of group)
    requests.set(workload.model, (requests.get(workload.model) ?? 0) + workload.requests);
  const [mostUsed = ''] = [...requests].sort(([, a], [, b]) => b - a)[0] ?? [];
  return {
    action,
    requests: requestsOf(group),
    costPico: group.reduce((total, { workload }) => total + workload.costPico, 0n),
    would: sumRanges(would),
    mostUsed,
  };
}

function wouldCost(moved: Moved, forecast: Forecast): PicoRange {
  const low = costAt('low', moved, forecast);
  const likely = costAt('likely', moved, forecast);
  const high = costAt('high', moved, forecast);
  return { low: low < likely ? low : likely, likely, high: high > likely ? high : likely };
}

/** At the most nothing is read from a cache: nobody can say that the target's would have kept it. */
function costAt(end: keyof Range, { workload, move }: Moved, forecast: Forecast): Pico {
  const { answer, reasoning, cached: caches } = forecast;
  const { pricing, percent } = move.prices[end];
  const ratio = move.ratio[end];
  const conditions = { promptTokens: workload.mostPromptTokens * move.ratio.likely, atMs: workload.atMs };
  const prices = priceAt(pricing, conditions);
  const { prompt, completion } = prices;
  const total = Math.round(workload.promptTokens * ratio);
  const inCache = { low: caches.most, likely: caches.likely, high: move.isSameModel ? caches.likely : 0 };
  const cached = Math.min(total, Math.round(inCache[end]));
  const written = Math.min(total - cached, Math.round(workload.cacheWriteTokens * ratio));
  const pico = sumOf([
    [prompt, total - cached - written],
    [prices.inputCacheRead ?? prompt, cached],
    [prices.inputCacheWrite ?? prompt, written],
    [completion, Math.round(answer[end])],
    [prices.internalReasoning ?? completion, Math.round(reasoning[end])],
    [prices.request ?? '0', workload.requests],
  ]);
  // Prices that cannot be read were refused before.
  return divideHalfEven((pico ?? 0n) * percent, 100n);
}

function totalOf(actions: readonly WhatIfAction[]): WhatIf['total'] {
  return {
    requests: actions.reduce((total, { requests }) => total + requests, 0),
    costPico: actions.reduce((total, { costPico }) => total + costPico, 0n),
    would: sumRanges(actions.map(({ would }) => would)),
  };
}

function sumRanges(ranges: readonly PicoRange[]): PicoRange {
  const sum = (end: keyof PicoRange): Pico => ranges.reduce((total, range) => total + range[end], 0n);
  return { low: sum('low'), likely: sum('likely'), high: sum('high') };
}

const byCost = (a: WhatIfAction, b: WhatIfAction): number =>
  a.costPico === b.costPico ? b.requests - a.requests : a.costPico > b.costPico ? -1 : 1;

const count = (workloads: readonly Workload[]): number =>
  workloads.reduce((total, { requests }) => total + requests, 0);

const requestsOf = (moved: readonly Moved[]): number => count(moved.map(({ workload }) => workload));
