import type { CacheUse } from '../models/caching/cacheTrials';
import type { CostState } from '../money/cost';
import type { PromptCount } from '../money/estimate';
import type { Pico } from '../money/pico';
import type { LedgerEntry, Origin, Totals } from './ledger';
import type { Period } from './period';
import type { AnswerLength, WorkloadCuts, Workloads } from './workload';

/** Sums of tokens over rows; rows that never learnt a count add nothing. */
export interface TokenTotals {
  /** Includes `cachedTokens` and `cacheWriteTokens`. */
  readonly promptTokens: number;
  readonly cachedTokens: number;
  readonly cacheWriteTokens: number;
  /** Includes `reasoningTokens`. */
  readonly completionTokens: number;
  readonly reasoningTokens: number;
}

export interface UsageTotals extends Totals, TokenTotals {}

/** `model` is the one that served, or the one asked for when none did. */
export type SplitBy = 'model' | 'provider' | 'action' | 'workspace' | 'language';

export interface UsagePart extends UsageTotals {
  /** `undefined` for rows without one, e.g. no workspace. */
  readonly value: string | undefined;
}

/** Most expensive first, then the busiest. */
export function compareParts(a: UsagePart, b: UsagePart): number {
  const [costA, costB] = [a.spentPico + a.estimatedPico, b.spentPico + b.estimatedPico];
  return costA === costB ? b.requests - a.requests : costA > costB ? -1 : 1;
}

/** Which rows; every condition given must hold. */
export interface RowFilter extends Period {
  /** Found, ignoring ASCII case, in ids, models, provider, action, workspace, language, outcome, error or stored text. */
  readonly text?: string;
  /** As in {@link SplitBy}. */
  readonly model?: string;
  readonly provider?: string;
  readonly action?: string;
  readonly workspace?: string;
  readonly language?: string;
  readonly origin?: Origin;
  readonly outcome?: LedgerEntry['outcome'];
  readonly costState?: CostState;
  readonly compareGroup?: string;
}

/** Rows without a cost or duration sort below all others. */
export type RowSort = 'time' | 'cost' | 'tokens' | 'duration';

export interface RowQuery {
  readonly filter?: RowFilter;
  /** Default `time`. */
  readonly sort?: RowSort;
  /** Default false: newest, most expensive, longest first. */
  readonly ascending?: boolean;
  readonly limit: number;
  /** `next` of the page before, with the same filter, sort and direction. */
  readonly after?: string;
}

export interface RowPage {
  readonly rows: readonly LedgerEntry[];
  /** Opaque; `undefined` on the last page. */
  readonly next?: string;
}

/** What a row says of a prompt cache: one row, or none when it does not know its tokens or its session. */
export function toCacheUse(entry: LedgerEntry): readonly CacheUse[] {
  const { sessionId, startedAt, requestedModel, provider, promptTokens, cachedTokens, cacheWriteTokens } =
    entry;
  if (sessionId === undefined || promptTokens === undefined) return [];
  return [{ sessionId, startedAt, requestedModel, provider, promptTokens, cachedTokens, cacheWriteTokens }];
}

/** What the usage page, the export and the estimate read. */
export interface LedgerQueries {
  usage(period: Period): Promise<UsageTotals>;
  /** One sum for each stretch between neighbours of `boundariesMs` (ascending): local midnights make days. */
  series(boundariesMs: readonly number[]): Promise<readonly UsageTotals[]>;
  /** Most expensive first. The input for cache savings: `model` parts have the cached tokens. */
  split(by: SplitBy, period: Period): Promise<readonly UsagePart[]>;
  rows(query: RowQuery): Promise<RowPage>;
  /** Every row of the filter, oldest first, read in small pages: memory does not grow, and others get a turn. */
  allRows(filter: RowFilter): AsyncIterable<LedgerEntry>;
  /**
   * Of each of `models` the latest at most `count` rows that know both counts, estimated by today's rule, in
   * the order of `models`.
   */
  promptCounts(models: readonly string[], count: number): Promise<readonly PromptCount[]>;
  /**
   * What requests that know their tokens say of prompt caches: the latest at most `count` of `model`, and those
   * among the latest `count` of all. In no order, each once.
   */
  cacheUses(model: string, count: number): Promise<readonly CacheUse[]>;
  /**
   * What requests of `action` have cost, of the latest thousand that asked for `model`, the newest first; only where
   * the server named the cost. Without row `except`.
   */
  costsOf(action: string, model: string, except: string): Promise<readonly Pico[]>;
  /**
   * The rows of the filter as sums, for what they would have cost elsewhere. Read in small steps: others get a turn, and
   * `signal` ends it, with what was read until then.
   */
  workloads(filter: RowFilter, cuts: WorkloadCuts, signal: AbortSignal): Promise<Workloads>;
  /** Of the latest at most `count` rows that asked for `model` and know their tokens. */
  answerLengths(model: string, count: number): Promise<readonly AnswerLength[]>;
  /** Removes the rows of `period` for good; resolves to how many. Running requests keep theirs. */
  deleteRows(period: Period): Promise<number>;
  /** Path of the file; `undefined` when the ledger lives in memory. */
  readonly location: string | undefined;
  /** Names of damaged files that were set aside and still lie beside it. */
  setAside(): Promise<readonly string[]>;
}
