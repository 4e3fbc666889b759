import { commandLink, joinMarkdown, markdown, type SafeMarkdown } from '../../core/base/plainText';
import type { Totals } from '../../core/ledger/ledger';
import { describeTotals } from '../../core/ledger/totalsText';
import { type LimitUse, limitUseText } from '../../core/usage/limitUse';
import { commands, internalCommands } from '../../ids';

/** What the status bar's tooltip shows. */
export interface UsageFigures {
  readonly session: Totals;
  readonly today: Totals;
  readonly month: Totals;
  readonly limits: readonly LimitUse[];
  /** About the newest request; undefined before the first. */
  readonly lastRequest?: SafeMarkdown;
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

/** The tooltip's parts. */
export function usageTooltip(figures: UsageFigures): readonly SafeMarkdown[] {
  const { session, today, month, limits, lastRequest, credit = 'not asked yet' } = figures;
  const spans = [
    ['This session', session],
    ['Today', today],
    ['This month', month],
  ] as const;
  const rows = spans.map(
    ([name, totals]) => markdown`| ${name} | ${describeTotals(totals)} | ${totals.requests} |`,
  );
  const head = [markdown`|  | Spent | &nbsp;&nbsp;Requests |`, markdown`| --- | ---: | ---: |`];
  const askNow = commandLink('ask now', internalCommands.refreshCredit);
  const links = [
    commandLink('Usage and cost', commands.showUsage),
    commandLink('Answer panel', commands.showPanel),
  ];
  return [
    ...(lastRequest === undefined ? [] : [lastRequest]),
    joinMarkdown([...head, ...rows], '\n'),
    ...limits.map(use => markdown`Limit, ${limitNames[use.limit.kind].toLowerCase()}: ${limitUseText(use)}`),
    markdown`Credit left on the key: ${credit} (${{ markdown: askNow }})`,
    joinMarkdown(links, ' · '),
  ];
}
