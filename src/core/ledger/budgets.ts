import type { BudgetStop } from '../chat/failure';
import { formatPico, type Pico } from '../money/pico';
import type { PassedLimit, SpendLimit } from './ledgerLimits';
import { toPeriod } from './usagePeriod';

/** The user's limits; `undefined` is no limit. */
export interface Budgets {
  readonly perRequestPico?: Pico;
  readonly sessionPico?: Pico;
  readonly dailyPico?: Pico;
  readonly monthlyPico?: Pico;
  readonly maxAnswerPico?: Pico;
}

/** True when at least one limit is set. */
export function hasLimit(budgets: Budgets): boolean {
  return Object.values(budgets).some(limit => limit !== undefined);
}

/** The limits that hold at `nowMs`: the session is this window's own, days and months the user's local ones. */
export function toSpendLimits(budgets: Budgets, nowMs: number): readonly SpendLimit[] {
  const { sessionPico, dailyPico, monthlyPico } = budgets;
  const limits: (SpendLimit | undefined)[] = [
    toLimit('session', sessionPico, {}),
    toLimit('daily', dailyPico, toPeriod('today', nowMs)),
    toLimit('monthly', monthlyPico, toPeriod('month', nowMs)),
  ];
  return limits.filter(limit => limit !== undefined);
}

function toLimit(
  kind: SpendLimit['kind'],
  limitPico: Pico | undefined,
  period: SpendLimit['period'],
): SpendLimit | undefined {
  return limitPico === undefined ? undefined : { kind, limitPico, period, ownRowsOnly: kind === 'session' };
}

/** What the user is told of the limits a request would pass: the one it would pass by the most. */
export function toBudgetStop(
  passed: readonly PassedLimit[],
  reservedPico: Pico | undefined,
): BudgetStop | undefined {
  const [worst] = [...passed].sort((a, b) => (a.overPico < b.overPico ? 1 : -1));
  return (
    worst && {
      kind: worst.limit.kind,
      limitUsd: formatPico(worst.limit.limitPico),
      committedUsd: formatPico(worst.committedPico),
      requestUsd: reservedPico === undefined ? undefined : formatPico(reservedPico),
    }
  );
}
