import { say } from '../../core/base/plainText';
import type { Period } from '../../core/ledger/period';
import { startOfLastUtcMonth, startOfUtcSpan, utcDaysAgo } from '../../core/usage/utcSpans';
import type { PickItem } from '../ports/dialogs';

export interface PeriodItem extends PickItem {
  readonly period: Period;
}

/** The periods that can be reconciled, in UTC days: OpenRouter counts in those. */
export function reconcilePeriods(nowMs: number): readonly PeriodItem[] {
  const month = startOfUtcSpan('month', nowMs);
  return [
    { label: say`Today (UTC)`, period: { fromMs: startOfUtcSpan('day', nowMs) } },
    { label: say`Last 7 days (UTC)`, period: { fromMs: utcDaysAgo(nowMs, 6) } },
    { label: say`This month (UTC)`, period: { fromMs: month } },
    { label: say`Last month (UTC)`, period: { fromMs: startOfLastUtcMonth(nowMs), toMs: month } },
    { label: say`Everything`, period: {} },
  ];
}
