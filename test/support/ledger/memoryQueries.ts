import type { LedgerEntry } from '../../../src/core/ledger/ledger';
import {
  compareParts,
  type LedgerQueries,
  type RowFilter,
  type RowPage,
  type RowQuery,
  type RowSort,
  type SplitBy,
  type TokenTotals,
  toCacheUse,
  type UsagePart,
  type UsageTotals,
} from '../../../src/core/ledger/ledgerQueries';
import { isInPeriod, sumEntries } from '../../../src/core/ledger/ledgerTotals';
import type { Period } from '../../../src/core/ledger/period';
import type { AnswerLength, WorkloadCuts, Workloads } from '../../../src/core/ledger/workload';
import type { CacheUse } from '../../../src/core/models/caching/cacheTrials';
import { estimatorVersion, type PromptCount } from '../../../src/core/money/estimate';
import type { Pico } from '../../../src/core/money/pico';
import type { MemoryRows } from './memoryRows';
import { sumWorkloads, toAnswerLength } from './memoryWorkloads';

export class MemoryQueries implements LedgerQueries {
  readonly location = undefined;

  constructor(private readonly rowsOf: MemoryRows) {}

  async usage(period: Period): Promise<UsageTotals> {
    return toUsage(this.within(period));
  }

  async series(boundariesMs: readonly number[]): Promise<readonly UsageTotals[]> {
    return boundariesMs
      .slice(1)
      .map((toMs, index) => toUsage(this.within({ fromMs: boundariesMs[index], toMs })));
  }

  async split(by: SplitBy, period: Period): Promise<readonly UsagePart[]> {
    const entries = this.within(period);
    const values = new Set(entries.map(entry => partValue(entry, by) || undefined));
    const parts = [...values].map(value => ({
      value,
      ...toUsage(entries.filter(entry => (partValue(entry, by) || undefined) === value)),
    }));
    return parts.sort(compareParts);
  }

  async rows({ filter = {}, sort = 'time', ascending = false, limit, after }: RowQuery): Promise<RowPage> {
    const sorted = this.matching(filter).sort(
      (a, b) => (ascending ? 1 : -1) * (sortKey(a, sort) - sortKey(b, sort) || (a.id < b.id ? -1 : 1)),
    );
    const start = after === undefined ? 0 : sorted.findIndex(entry => entry.id === after) + 1;
    const rows = sorted.slice(start, start + limit);
    return { rows, next: start + limit < sorted.length ? rows.at(-1)?.id : undefined };
  }

  async *allRows(filter: RowFilter): AsyncIterable<LedgerEntry> {
    yield* this.matching(filter).sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
  }

  async promptCounts(models: readonly string[], count: number): Promise<readonly PromptCount[]> {
    const latest = [...this.rowsOf.all()].sort((a, b) => b.startedAt - a.startedAt);
    return models.flatMap(model =>
      latest
        .filter(entry => entry.requestedModel === model)
        .flatMap(toPromptCount)
        .slice(0, count),
    );
  }

  async cacheUses(model: string, count: number): Promise<readonly CacheUse[]> {
    const latest = [...this.rowsOf.all()].sort((a, b) => b.startedAt - a.startedAt);
    const counted = latest.filter(entry => toPromptCount(entry).length > 0);
    const ofModel = counted.filter(entry => entry.requestedModel === model).slice(0, count);
    return [...new Set([...ofModel, ...latest.slice(0, count)])].flatMap(toCacheUse);
  }

  async costsOf(action: string, model: string, except: string): Promise<readonly Pico[]> {
    return [...this.rowsOf.all()]
      .sort((a, b) => b.startedAt - a.startedAt)
      .filter(entry => entry.requestedModel === model && toPromptCount(entry).length > 0)
      .slice(0, 1000)
      .filter(entry => entry.action === action && entry.id !== except)
      .filter(({ costState }) => ['billed', 'settled', 'free'].includes(costState))
      .flatMap(({ costPico }) => costPico ?? []);
  }

  async workloads(filter: RowFilter, cuts: WorkloadCuts): Promise<Workloads> {
    return sumWorkloads(this.matching(filter), cuts);
  }

  async answerLengths(model: string, count: number): Promise<readonly AnswerLength[]> {
    return [...this.rowsOf.all()]
      .sort((a, b) => b.startedAt - a.startedAt)
      .filter(
        entry =>
          entry.requestedModel === model &&
          entry.promptTokens !== undefined &&
          entry.estimatedPromptTokens !== undefined,
      )
      .slice(0, count)
      .flatMap(toAnswerLength);
  }

  async deleteRows(period: Period): Promise<number> {
    const ended = this.within(period).filter(entry => entry.outcome !== 'started');
    for (const entry of ended) this.rowsOf.delete(entry.id);
    return ended.length;
  }

  async setAside(): Promise<readonly string[]> {
    return [];
  }

  private within(period: Period): readonly LedgerEntry[] {
    return this.rowsOf.all().filter(entry => isInPeriod(entry.startedAt, period));
  }

  private matching(filter: RowFilter): LedgerEntry[] {
    return this.within(filter).filter(entry => matches(entry, filter));
  }
}

function toPromptCount(entry: LedgerEntry): readonly PromptCount[] {
  const { requestedModel: model, promptTokens, estimatedPromptTokens } = entry;
  const isOfOldRule = entry.estimator !== estimatorVersion;
  return isOfOldRule || promptTokens === undefined || estimatedPromptTokens === undefined
    ? []
    : [{ model, promptTokens, estimatedPromptTokens }];
}

function partValue(entry: LedgerEntry, by: SplitBy): string | undefined {
  switch (by) {
    case 'model':
      return entry.servedModel ?? entry.requestedModel;
    case 'language':
      return entry.languageId;
    default:
      return entry[by];
  }
}

function matches(entry: LedgerEntry, filter: RowFilter): boolean {
  const parts: readonly SplitBy[] = ['model', 'provider', 'action', 'workspace', 'language'];
  const fields = ['origin', 'outcome', 'costState', 'compareGroup'] as const;
  return (
    parts.every(by => filter[by] === undefined || partValue(entry, by) === filter[by]) &&
    fields.every(field => filter[field] === undefined || entry[field] === filter[field]) &&
    (filter.text === undefined || searched(entry).includes(filter.text.toLowerCase()))
  );
}

function searched(entry: LedgerEntry): string {
  const { id, generationId, requestedModel, servedModel, provider, action, workspace, languageId } = entry;
  const { outcome, errorKind, prompt, answer } = entry;
  const names = [id, generationId, requestedModel, servedModel, provider, action, workspace, languageId];
  return [...names, outcome, errorKind, prompt, answer].join('\n').toLowerCase();
}

function sortKey(entry: LedgerEntry, sort: RowSort): number {
  switch (sort) {
    case 'time':
      return entry.startedAt;
    case 'cost':
      return Number(entry.costPico ?? -1n);
    case 'tokens':
      return (entry.promptTokens ?? 0) + (entry.completionTokens ?? 0);
    case 'duration':
      return entry.durationMs ?? -1;
  }
}

function toUsage(entries: readonly LedgerEntry[]): UsageTotals {
  const sum = (field: keyof TokenTotals) => entries.reduce((total, entry) => total + (entry[field] ?? 0), 0);
  return {
    ...sumEntries(entries),
    promptTokens: sum('promptTokens'),
    cachedTokens: sum('cachedTokens'),
    cacheWriteTokens: sum('cacheWriteTokens'),
    completionTokens: sum('completionTokens'),
    reasoningTokens: sum('reasoningTokens'),
  };
}
