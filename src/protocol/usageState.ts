import type { SplitBy } from '../core/ledger/ledgerQueries';
import type { UsagePeriod } from '../core/ledger/usagePeriod';
import type { SpanUnit } from '../core/usage/chartSpans';
import type { Difference } from '../core/usage/compareRow';
import type { CostExplanation } from '../core/usage/costExplanation';
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

export interface UsageDetails {
  readonly row: UsageRow;
  /** Undefined until the host has sent it. */
  readonly explanation?: CostExplanation;
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
