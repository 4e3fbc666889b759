import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { toPeriod, type UsagePeriod } from '../../core/ledger/usagePeriod';
import { toUsageRow } from '../../protocol/usageFigures';
import { type ListFilter, type ListOrder, pageSize, type UsageList } from '../../protocol/usageList';
import type { ToUsagePage } from '../../protocol/usageMessages';

/** What the page's list shows. */
export interface ListQuery extends ListOrder {
  readonly filter: ListFilter;
  readonly period: UsagePeriod;
}

/**
 * Reads the list in pages, each from where the one before ended. Keeps where each page begins, so that the
 * webview can drop rows that are far from view and load them again.
 */
export class UsageLists {
  private listId = 0;
  private query: ListQuery | undefined;
  /** Where each known page begins; `undefined` for the first. */
  private starts: (string | undefined)[] = [];
  /** When the list was begun: its period must not move with the clock, or its pages would not fit together. */
  private nowMs = 0;

  constructor(
    private readonly queries: LedgerQueries,
    private readonly now: () => number,
  ) {}

  /** `undefined` when another list was begun meanwhile. */
  async begin(query: ListQuery): Promise<UsageList | undefined> {
    const listId = ++this.listId;
    this.query = query;
    this.starts = [undefined];
    this.nowMs = this.now();
    const [page, rowCount] = [await this.read(listId, 0), await this.countRows(query)];
    if (!page || listId !== this.listId) return undefined;
    const { filter, sort, ascending } = query;
    return { listId, filter, sort, ascending, rowCount, rows: page.rows, isLast: page.isLast };
  }

  /** `undefined` when the list is not the current one or the page's beginning is not known. */
  async page(listId: number, index: number): Promise<Extract<ToUsagePage, { type: 'page' }> | undefined> {
    const page = await this.read(listId, index);
    return page && { type: 'page', listId, index, ...page };
  }

  private async read(listId: number, index: number): Promise<Pick<UsageList, 'rows' | 'isLast'> | undefined> {
    const { query, starts } = this;
    if (!query || listId !== this.listId || index >= starts.length) return undefined;
    const { sort, ascending } = query;
    const filter = this.rowFilter(query);
    const { rows, next } = await this.queries.rows({
      filter,
      sort,
      ascending,
      limit: pageSize,
      after: starts[index],
    });
    if (listId !== this.listId) return undefined;
    if (next !== undefined) starts[index + 1] = next;
    return { rows: rows.map(toUsageRow), isLast: next === undefined };
  }

  /** The rows of a period are counted by the ledger; those of any other condition only by reading them. */
  private async countRows(query: ListQuery): Promise<number | undefined> {
    const { fromMs, toMs, ...conditions } = this.rowFilter(query);
    if (Object.values(conditions).some(value => value !== undefined)) return undefined;
    return (await this.queries.usage({ fromMs, toMs })).requests;
  }

  private rowFilter({ filter, period }: ListQuery): ListFilter {
    return toRowFilter({ filter, period }, this.nowMs);
  }
}

/** The span of a bar takes the place of the page's period. */
export function toRowFilter(
  { filter, period }: Pick<ListQuery, 'filter' | 'period'>,
  nowMs: number,
): ListFilter {
  return filter.fromMs === undefined ? { ...filter, ...toPeriod(period, nowMs) } : filter;
}
