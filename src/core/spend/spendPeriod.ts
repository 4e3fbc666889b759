import type { Period } from '../money/ledger';
import { addDays, addMonths, startOfDay } from './localDays';

/** The stretches of time the usage page adds up. Days and months are the user's own. */
export const spendPeriods = ['today', 'week', 'month', 'all'] as const;
export type SpendPeriod = (typeof spendPeriods)[number];

export const periodLabels: Readonly<Record<SpendPeriod, string>> = {
  today: 'Today',
  week: 'Last 7 days',
  month: 'This month',
  all: 'All time',
};

/** `week` is today and the six days before it. */
export function toPeriod(name: SpendPeriod, nowMs: number): Period {
  switch (name) {
    case 'today':
      return { fromMs: startOfDay(nowMs) };
    case 'week':
      return { fromMs: addDays(nowMs, -6) };
    case 'month':
      return { fromMs: addMonths(nowMs, 0) };
    case 'all':
      return {};
  }
}
