import { type Disposable, Emitter, type Event } from '../../core/base/event';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import type { UsagePeriod } from '../../core/ledger/usagePeriod';
import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import type { FindPricing } from '../../core/money/pricing';
import { toUsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage, ToUsagePage } from '../../protocol/usageMessages';
import { explainRow } from './costExplanations';
import { type ListQuery, toRowFilter, UsageLists } from './usageLists';
import { readSummary } from './usageSummary';

/** Changes are shown at most this often. */
const refreshMs = 300;
/** More rows than this at once are not worth showing one by one. */
const mostChangedRows = 50;

/** Reads from the ledger what the usage page shows, again and again while it changes and the page is there. */
export class UsageView implements Disposable {
  private listQuery: ListQuery = { filter: {}, sort: 'time', ascending: false, period: 'month' };
  private openId: string | undefined;
  private isShown = false;
  private readonly lists: UsageLists;
  private readonly changedIds = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscription: Disposable;
  private readonly messages = new Emitter<ToUsagePage>();
  /** A message for the page. */
  readonly onDidPost: Event<ToUsagePage> = this.messages.event;

  constructor(
    private readonly store: Pick<LedgerStore, 'get' | 'onDidChange'>,
    private readonly queries: LedgerQueries,
    private readonly findPricing: FindPricing,
    /** For surprises; faults of the ledger's file are shown in the page. */
    private readonly onError: (error: unknown) => void,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
  ) {
    this.lists = new UsageLists(queries, now);
    this.subscription = store.onDidChange(({ id }) => this.note(id));
  }

  /** What the list shows now, as a filter for the ledger. */
  get rowFilter() {
    return toRowFilter(this.listQuery, this.now());
  }

  /** The page is there and knows nothing yet. */
  async greet(): Promise<void> {
    this.isShown = true;
    this.openId = undefined;
    await this.guard(async () => {
      await this.sendSummary();
      await this.sendList();
    });
  }

  /** The page is gone or hidden: nothing is read until it says `ready` again. */
  pause(): void {
    this.isShown = false;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.changedIds.clear();
  }

  async setPeriod(period: UsagePeriod): Promise<void> {
    const { fromMs: _from, toMs: _to, ...filter } = this.listQuery.filter;
    this.listQuery = { ...this.listQuery, period, filter };
    await this.guard(async () => {
      await this.sendSummary();
      await this.sendList();
    });
  }

  async setList({ filter, sort, ascending }: Extract<FromUsagePage, { type: 'list' }>): Promise<void> {
    this.listQuery = { ...this.listQuery, filter, sort, ascending };
    await this.guard(() => this.sendList());
  }

  async sendPage(listId: number, index: number): Promise<void> {
    await this.guard(async () => {
      const page = await this.lists.page(listId, index);
      if (page) this.messages.fire(page);
    });
  }

  async open(id: string): Promise<void> {
    this.openId = id;
    await this.guard(() => this.sendDetails(id));
  }

  dispose(): void {
    this.pause();
    this.subscription.dispose();
    this.messages.dispose();
  }

  private note(id: string): void {
    if (!this.isShown) return;
    this.changedIds.add(id);
    this.timer ??= setTimeout(() => void this.refresh(), refreshMs);
  }

  private async refresh(): Promise<void> {
    const ids = [...this.changedIds].slice(0, mostChangedRows);
    this.changedIds.clear();
    await this.guard(async () => {
      for (const id of ids) await this.sendRow(id);
      await this.sendSummary();
    });
    this.timer = undefined;
    // Rows that changed during the reads above are read next.
    const [next] = this.changedIds;
    if (next !== undefined) this.note(next);
  }

  private async sendSummary(): Promise<void> {
    const { period } = this.listQuery;
    const summary = await readSummary(this.queries, this.findPricing, period, this.now());
    if (this.isShown && period === this.listQuery.period) this.messages.fire({ type: 'summary', summary });
  }

  private async sendList(): Promise<void> {
    const list = await this.lists.begin(this.listQuery);
    if (list) this.messages.fire({ type: 'list', list });
  }

  private async sendRow(id: string): Promise<void> {
    const entry = await this.store.get(id);
    if (!entry) return;
    this.messages.fire({ type: 'row', row: toUsageRow(entry) });
    if (id === this.openId) await this.sendDetails(id);
  }

  private async sendDetails(id: string): Promise<void> {
    const entry = await this.store.get(id);
    if (!entry) return;
    const { prompt, answer } = entry;
    const explanation = await explainRow(entry, this.queries, this.findPricing);
    this.messages.fire({ type: 'details', details: { row: toUsageRow(entry), explanation, prompt, answer } });
  }

  private async guard(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (error instanceof LedgerFault)
        this.messages.fire({ type: 'problem', sentence: ledgerFaultText(error) });
      else this.onError(error);
    }
  }
}
