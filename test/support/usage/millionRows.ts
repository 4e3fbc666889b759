import type {
  LedgerQueries,
  RowPage,
  RowQuery,
  UsagePart,
  UsageTotals,
} from '../../../src/core/ledger/ledgerQueries';
import { emptyTotals } from '../../../src/core/ledger/ledgerTotals';
import { sampleEntry } from './sampleLedger';

const rowCount = 1_000_000;

const totals: UsageTotals = {
  ...emptyTotals,
  requests: rowCount,
  spentPico: 123_456n * 10n ** 10n,
  promptTokens: 2_500_000_000,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  completionTokens: 700_000_000,
  reasoningTokens: 0,
};

/** A ledger of a million rows that are made when they are asked for; a minute apart, newest first. */
export class MillionRows implements LedgerQueries {
  readonly location = undefined;
  /** Rows handed out so far. */
  given = 0;

  constructor(private readonly nowMs: number) {}

  async usage(): Promise<UsageTotals> {
    return totals;
  }

  async series(boundariesMs: readonly number[]): Promise<readonly UsageTotals[]> {
    return boundariesMs.slice(1).map(() => ({ ...totals, requests: 2740 }));
  }

  async split(): Promise<readonly UsagePart[]> {
    return [{ ...totals, value: 'anthropic/claude-sonnet-4.5' }];
  }

  async rows({ limit, after, ascending = false }: RowQuery): Promise<RowPage> {
    const start = Number(after ?? 0);
    const end = Math.min(rowCount, start + limit);
    const rows = Array.from({ length: end - start }, (_, offset) => {
      const index = start + offset;
      return sampleEntry(index, this.nowMs - (ascending ? rowCount - index : index) * 60_000);
    });
    this.given += rows.length;
    return { rows, next: end < rowCount ? String(end) : undefined };
  }

  async *allRows() {}

  async promptCounts() {
    return [];
  }

  async cacheUses() {
    return [];
  }

  async costsOf() {
    return [];
  }

  async workloads() {
    return { known: [], unknownRequests: 0 };
  }

  async answerLengths() {
    return [];
  }

  async deleteRows(): Promise<number> {
    return 0;
  }

  async setAside() {
    return [];
  }
}
