import * as v from 'valibot';
import { usagePeriods } from '../core/ledger/usagePeriod';
import { whatIfRoutes } from '../core/usage/whatIf/routePrices';
import { count, createGuard, hostList, hostObject, type MessageOf, message } from './message';
import type { UsageRow } from './usageFigures';
import { listFilter, listSort, type UsageList } from './usageList';
import type { ReconcileState, UsageDetails, UsageSummary } from './usageState';
import type { WhatIfState } from './whatIfState';

/** Host → usage page. The host owns all of it; the page only shows. */
const toUsagePage = v.variant('type', [
  message('summary', { summary: hostObject<UsageSummary>('totals', 'splits') }),
  message('list', { list: hostObject<UsageList>('filter', 'rows') }),
  /** `index` is counted from 0. */
  message('page', {
    listId: v.number(),
    index: v.number(),
    rows: hostList<UsageRow>(),
    isLast: v.boolean(),
  }),
  /** One row as it is now; the page replaces it where it shows it. */
  message('row', { row: hostObject<UsageRow>() }),
  message('details', { details: hostObject<UsageDetails>('row') }),
  /** `undefined` once the findings were put away. */
  message('reconcile', { reconcile: v.optional(hostObject<ReconcileState>('differing')) }),
  message('whatIf', { whatIf: hostObject<WhatIfState>('offered') }),
  /** The ledger cannot be read just now, in one sentence. */
  message('problem', { sentence: v.string() }),
]);

export type ToUsagePage = MessageOf<typeof toUsagePage>;
export const isToUsagePage = createGuard(toUsagePage);

/** Usage page → host. Checked before use: the page is not trusted. */
const fromUsagePage = v.variant('type', [
  /** The page is there and knows nothing yet. */
  message('ready', {}),
  message('period', { period: v.picklist(usagePeriods) }),
  /** Begins a new list. */
  message('list', { filter: listFilter, sort: listSort, ascending: v.boolean() }),
  /** Page `index` has come into view. Known pages are those up to one past the last that was sent. */
  message('page', { listId: count(), index: count() }),
  message('open', { id: v.string() }),
  message('copy', { text: v.string() }),
  /** Show OpenRouter's records; `id` is the session's of a request that has no other there. */
  message('openLogs', { id: v.string() }),
  /** Open OpenRouter's record of the request with that row. */
  message('openInOpenRouter', { id: v.string() }),
  message('revealFile', {}),
  /** Export what the list shows. */
  message('export', {}),
  message('reconcile', {}),
  message('stopReconcile', {}),
  message('resumeReconcile', {}),
  /** The findings are no longer of interest. */
  message('closeReconcile', {}),
  /** Take OpenRouter's figure for the rows that have no bill of their own. */
  message('adoptFigures', {}),
  message('deleteHistory', {}),
  /** What the period would have cost with `model`, or, without one, with the same models by another route. */
  message('whatIf', { model: v.optional(v.string()), route: v.picklist(whatIfRoutes) }),
  /** The same with a model that the user picks from the list of all. */
  message('whatIfOther', { route: v.picklist(whatIfRoutes) }),
  /** Compare the two models of that row. */
  message('tryWhatIf', { action: v.string() }),
  message('ask', {}),
  /** An unexpected error in the page, for the log. */
  message('pageError', { message: v.string() }),
]);

export type FromUsagePage = MessageOf<typeof fromUsagePage>;
export const isFromUsagePage = createGuard(fromUsagePage);
