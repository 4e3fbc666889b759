import type { Totals } from '../../core/ledger/ledger';
import { describeTotals } from '../../core/ledger/totalsText';
import { type LimitUse, limitUseText } from '../../core/usage/limitUse';
import { commands, internalCommands } from '../../ids';

/** What the status bar's tooltip tells. */
export interface UsageFigures {
  readonly session: Totals;
  readonly today: Totals;
  readonly month: Totals;
  readonly limits: readonly LimitUse[];
  /** Markdown about the newest request; undefined before the first. */
  readonly lastRequest?: string;
  /** What is left on the key, in words; undefined until it was asked for. */
  readonly credit?: string;
}

/** The commands the tooltip links to. */
export const tooltipCommands: readonly string[] = [
  commands.showUsage,
  commands.showPanel,
  internalCommands.refreshCredit,
];

const limitNames = { session: 'This session', daily: 'Today', monthly: 'This month' } as const;

/** The tooltip's parts, in Markdown. */
export function usageTooltip(figures: UsageFigures): readonly string[] {
  const { session, today, month, limits, lastRequest, credit = 'not asked yet' } = figures;
  const rows = [
    ['', 'Spent', '&nbsp;&nbsp;Requests'],
    ['---', '---:', '---:'],
    ...(
      [
        ['This session', session],
        ['Today', today],
        ['This month', month],
      ] as const
    ).map(([name, totals]) => [name, describeTotals(totals), String(totals.requests)]),
  ];
  return [
    ...(lastRequest === undefined ? [] : [lastRequest]),
    rows.map(row => `| ${row.join(' | ')} |`).join('\n'),
    ...limits.map(use => `Limit, ${limitNames[use.limit.kind].toLowerCase()}: ${limitUseText(use)}`),
    `Credit left on the key: ${credit} ([ask now](command:${internalCommands.refreshCredit}))`,
    `[Usage and cost](command:${commands.showUsage}) · [Answer panel](command:${commands.showPanel})`,
  ];
}
