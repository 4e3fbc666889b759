import type { UsageRow } from '../../protocol/usageFigures';
import { pageSize, type UsageList } from '../../protocol/usageList';

/** Pages kept at most. Those farthest from view are dropped, and loaded again when needed. */
const keptPages = 30;

/**
 * The rows of a list as far as they are known. Pages come one after the other, since each begins where
 * the one before ended; a page that was forgotten can be had again.
 */
export class RowWindow {
  readonly listId: number;
  private readonly pages = new Map<number, readonly UsageRow[]>();
  private readonly asked = new Set<number>();
  /** Pages 0 to this one have been seen. */
  private lastPage = 0;
  private lastPageRows: number;
  private hasMore: boolean;
  private readonly announcedCount: number | undefined;

  constructor({ listId, rows, isLast, rowCount }: UsageList) {
    this.listId = listId;
    this.pages.set(0, rows);
    this.lastPageRows = rows.length;
    this.hasMore = !isLast;
    this.announcedCount = rowCount;
  }

  /** How many rows have been reached so far, forgotten ones included. */
  get reached(): number {
    return this.lastPage * pageSize + this.lastPageRows;
  }

  /** How many rows there are in all; `undefined` while nobody knows. */
  get total(): number | undefined {
    return this.hasMore ? this.announcedCount : this.reached;
  }

  /** True while there are rows after the reached ones. */
  get isOpen(): boolean {
    return this.hasMore;
  }

  at(index: number): UsageRow | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  indexOf(id: string): number {
    for (const [page, rows] of this.pages) {
      const index = rows.findIndex(row => row.id === id);
      if (index >= 0) return page * pageSize + index;
    }
    return -1;
  }

  /**
   * The pages to ask for so that rows `first` to `last` can be shown; each is named once until it comes.
   * Forgets pages far from there.
   */
  want(first: number, last: number): readonly number[] {
    const [from, to] = [Math.floor(first / pageSize), Math.floor(last / pageSize)];
    this.forgetFarFrom(from, to);
    const reachable = Math.min(to, this.hasMore ? this.lastPage + 1 : this.lastPage);
    const pages: number[] = [];
    for (let page = Math.max(0, from); page <= reachable; page += 1) {
      if (this.pages.has(page) || this.asked.has(page)) continue;
      this.asked.add(page);
      pages.push(page);
    }
    return pages;
  }

  add(index: number, rows: readonly UsageRow[], isLast: boolean): void {
    this.asked.delete(index);
    this.pages.set(index, rows);
    if (index < this.lastPage) return;
    this.lastPage = index;
    this.lastPageRows = rows.length;
    this.hasMore = !isLast;
  }

  /** Puts a changed row in the place of the old one. True when it is here. */
  replace(row: UsageRow): boolean {
    const index = this.indexOf(row.id);
    if (index < 0) return false;
    const page = Math.floor(index / pageSize);
    const rows = this.pages.get(page) ?? [];
    this.pages.set(page, rows.with(index % pageSize, row));
    return true;
  }

  private forgetFarFrom(from: number, to: number): void {
    const distance = (page: number) => Math.max(from - page, page - to, 0);
    const byDistance = [...this.pages.keys()].sort((a, b) => distance(b) - distance(a));
    for (const page of byDistance.slice(0, Math.max(0, this.pages.size - keptPages))) this.pages.delete(page);
  }
}
