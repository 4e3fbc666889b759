import { addDays, addMonths, startOfDay } from './localDays';
import type { Period } from './period';

/** The stretches of time the usage page adds up. Days and months are the user's own. */
export const usagePeriods = ['today', 'week', 'month', 'all'] as const;
export type UsagePeriod = (typeof usagePeriods)[number];

export const periodLabels: Readonly<Record<UsagePeriod, string>> = {
  today: 'Today',
  week: 'Last 7 days',
  month: 'This month',
  all: 'All time',
};

/** `week` is today and the six days before it. */
export function toPeriod(name: UsagePeriod, nowMs: number): Period {
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
