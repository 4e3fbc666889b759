import type { WorkloadCuts } from '../../ledger/workload';
import type { Model } from '../../models/model';
import { minuteOfDay } from '../../money/priceAt';
import type { Range } from './range';
import type { RoutePrices } from './routePrices';

/** What requests to a model become. */
export interface Move {
  readonly target: Model;
  readonly prices: RoutePrices;
  /** Tokens of the target for one of the model that was asked. */
  readonly ratio: Range;
  /** The model stays: only who serves it, or when, is another one. */
  readonly isSameModel: boolean;
}

/** What rows must be told apart by, so that each group of them has one price, and fits the target or does not. */
export function cutsFor(moves: readonly Move[]): WorkloadCuts {
  const lengths = moves.flatMap(move =>
    lengthLimits(move).map(limit => Math.floor(limit / move.ratio.likely)),
  );
  const overrides = moves.flatMap(overridesOf);
  const minutes = overrides.flatMap(({ utcStart, utcEnd }) =>
    [utcStart, utcEnd].flatMap(text => (text === undefined ? [] : (minuteOfDay(text) ?? []))),
  );
  return {
    promptTokens: ascending(lengths),
    minutesOfDay: ascending(minutes),
    byWeekday: overrides.some(({ utcDays }) => utcDays !== undefined),
  };
}

/** True when a prompt of so many of the old model's tokens fits the target. */
export const fits = ({ target, ratio }: Move, promptTokens: number): boolean =>
  promptTokens * ratio.likely <= (target.contextTokens ?? Number.POSITIVE_INFINITY);

function lengthLimits(move: Move): readonly number[] {
  const { contextTokens } = move.target;
  const steps = overridesOf(move).flatMap(({ minPromptTokens }) => minPromptTokens ?? []);
  return [...steps, ...(contextTokens === undefined ? [] : [contextTokens])];
}

const overridesOf = ({ prices }: Move) =>
  Object.values(prices).flatMap(({ pricing }) => pricing.overrides ?? []);

const ascending = (values: readonly number[]): readonly number[] =>
  [...new Set(values)].sort((a, b) => a - b);
