import type { RowFilter, RowSort, SplitBy } from '../core/ledger/ledgerQueries';
import type { UsagePeriod } from '../core/ledger/usagePeriod';
import type { SpanUnit } from '../core/usage/chartSpans';
import type { Difference } from '../core/usage/compareRow';
import type { KeyComparison } from '../core/usage/keyComparison';
import type { TotalsFigures, UsageRow } from './usageFigures';

/** One part of a split. `value` is `undefined` for rows without one, e.g. no workspace. */
export interface PartFigures extends TotalsFigures {
  readonly value?: string;
}

export interface SplitFigures {
  /** Most expensive first; the first {@link mostParts} at most. */
  readonly parts: readonly PartFigures[];
  /** How many more there are. */
  readonly moreParts: number;
}

export const mostParts = 100;

export interface UsageChart {
  readonly unit: SpanUnit;
  /** Epoch ms; one more than `spans`. */
  readonly boundariesMs: readonly number[];
  readonly spans: readonly TotalsFigures[];
}

/** Estimates by today's catalogue prices. USD, decimal text. */
export interface SavingsFigures {
  readonly savedUsd: string;
  readonly writeExtraUsd: string;
  readonly unpricedModels: number;
}

/** Everything on the page but the list; always whole. */
export interface UsageSummary {
  readonly nowMs: number;
  /** IANA name: whose days these are. The page shows every time in it. */
  readonly timeZone: string;
  /** Path of the ledger's file; `undefined` while it lives in memory. */
  readonly location?: string;
  readonly totals: { readonly [P in UsagePeriod]: TotalsFigures };
  /** What the rest is about. */
  readonly period: UsagePeriod;
  readonly chart: UsageChart;
  readonly splits: { readonly [By in SplitBy]: SplitFigures };
  readonly savings: SavingsFigures;
  /** The ten most expensive of the period, highest first. */
  readonly mostExpensive: readonly UsageRow[];
}

/** What the list is narrowed to, within the page's period or the span of one bar. */
export type ListFilter = Pick<RowFilter, 'text' | SplitBy | 'outcome' | 'costState' | 'fromMs' | 'toMs'>;

export interface ListOrder {
  readonly sort: RowSort;
  readonly ascending: boolean;
}

/** A list begun anew: its first page. Later pages come as `page` with the same `listId`. */
export interface UsageList extends ListOrder {
  readonly listId: number;
  readonly filter: ListFilter;
  /** How many rows there are in all; `undefined` while only reading them all would tell. */
  readonly rowCount?: number;
  readonly rows: readonly UsageRow[];
  readonly isLast: boolean;
}

/** Rows of every page but the last. */
export const pageSize = 100;

export interface UsageDetails {
  readonly row: UsageRow;
  /** Only with `askOpenRouter.ledger.storeText`. */
  readonly prompt?: string;
  readonly answer?: string;
}

/** A reconciliation as far as it has come. USD, decimal text. */
export interface ReconcileState {
  readonly phase: 'running' | 'cancelled' | 'stopped' | 'done';
  /** What stopped it, in one sentence. */
  readonly problem?: string;
  /** E.g. `1 to 31 March 2026 (UTC)`. */
  readonly periodText: string;
  readonly total: number;
  readonly checked: number;
  readonly same: number;
  readonly notFound: number;
  readonly withoutId: number;
  readonly failed: number;
  readonly oursUsd: string;
  readonly theirsUsd: string;
  /** The first {@link mostDifferences} at most. */
  readonly differing: readonly ReconcileRow[];
  readonly differingCount: number;
  /** Differing rows that have no bill of their own yet and can take OpenRouter's. */
  readonly adoptable: number;
  readonly key?: KeyComparison;
  /** Why there is no `key`. */
  readonly keyProblem?: string;
}

export interface ReconcileRow {
  readonly row: UsageRow;
  readonly differences: readonly Difference[];
}

export const mostDifferences = 200;

/** Host → usage page. The host owns all of it; the page only shows. */
export type ToUsagePage =
  | { readonly type: 'summary'; readonly summary: UsageSummary }
  | { readonly type: 'list'; readonly list: UsageList }
  | {
      readonly type: 'page';
      readonly listId: number;
      /** Counted from 0. */
      readonly index: number;
      readonly rows: readonly UsageRow[];
      readonly isLast: boolean;
    }
  /** One row as it is now; the page replaces it where it shows it. */
  | { readonly type: 'row'; readonly row: UsageRow }
  | { readonly type: 'details'; readonly details: UsageDetails }
  | { readonly type: 'reconcile'; readonly reconcile: ReconcileState | undefined }
  /** The ledger cannot be read just now, in one sentence. */
  | { readonly type: 'problem'; readonly sentence: string };

/** Usage page → host. Checked by `isFromUsagePage` before use: the page is not trusted. */
export type FromUsagePage =
  | { readonly type: 'ready' }
  | { readonly type: 'period'; readonly period: UsagePeriod }
  /** Begins a new list. */
  | ({ readonly type: 'list'; readonly filter: ListFilter } & ListOrder)
  /** Page `index` has come into view. Known pages are those up to one past the last that was sent. */
  | { readonly type: 'page'; readonly listId: number; readonly index: number }
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'copy'; readonly text: string }
  /** Show OpenRouter's own record of a request. */
  | { readonly type: 'openLogs'; readonly generationId: string }
  | { readonly type: 'revealFile' }
  /** Export what the list shows. */
  | { readonly type: 'export' }
  | { readonly type: 'reconcile' }
  | { readonly type: 'stopReconcile' }
  | { readonly type: 'resumeReconcile' }
  /** The findings are no longer of interest. */
  | { readonly type: 'closeReconcile' }
  /** Take OpenRouter's figure for the rows that have no bill of their own. */
  | { readonly type: 'adoptFigures' }
  | { readonly type: 'deleteHistory' }
  | { readonly type: 'ask' }
  /** An unexpected error in the page, for the log. */
  | { readonly type: 'pageError'; readonly message: string };
