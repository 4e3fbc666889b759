import type { Disposable } from '../../core/base/event';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { UsagePeriod } from '../../core/ledger/usagePeriod';
import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import { toUsageRow } from '../../protocol/usageFigures';
import type { FromUsagePage, ToUsagePage } from '../../protocol/usageMessages';
import { type ListWish, toRowFilter, UsageLists } from './usageLists';
import { readSummary, type SummarySources } from './usageSummary';

export interface UsageViewPorts extends SummarySources {
  readonly ledger: Pick<LedgerStore, 'get' | 'onDidChange'>;
  readonly post: (message: ToUsagePage) => void;
  /** Epoch ms. */
  readonly now: () => number;
  /** For surprises; faults of the ledger's file are shown in the page. */
  readonly report: (error: unknown) => void;
}

/** A stream of changes is shown at most this often. */
const refreshMs = 300;
/** More rows than this at once are not worth showing one by one. */
const mostChangedRows = 50;

/** What the usage page shows, read from the ledger and kept up with it while the page is there. */
export class UsageView implements Disposable {
  private wish: ListWish = { filter: {}, sort: 'time', ascending: false, period: 'month' };
  private openId: string | undefined;
  private isShown = false;
  private readonly lists: UsageLists;
  private readonly changedIds = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscription: Disposable;

  constructor(private readonly ports: UsageViewPorts) {
    this.lists = new UsageLists(ports.queries, ports.now);
    this.subscription = ports.ledger.onDidChange(({ id }) => this.note(id));
  }

  /** What the list shows now, as a filter for the ledger. */
  get rowFilter() {
    return toRowFilter(this.wish, this.ports.now());
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
    const { fromMs: _from, toMs: _to, ...filter } = this.wish.filter;
    this.wish = { ...this.wish, period, filter };
    await this.guard(async () => {
      await this.sendSummary();
      await this.sendList();
    });
  }

  async setList({ filter, sort, ascending }: Extract<FromUsagePage, { type: 'list' }>): Promise<void> {
    this.wish = { ...this.wish, filter, sort, ascending };
    await this.guard(() => this.sendList());
  }

  async sendPage(listId: number, index: number): Promise<void> {
    await this.guard(async () => {
      const page = await this.lists.page(listId, index);
      if (page) this.ports.post(page);
    });
  }

  async open(id: string): Promise<void> {
    this.openId = id;
    await this.guard(() => this.sendDetails(id));
  }

  dispose(): void {
    this.pause();
    this.subscription.dispose();
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
    // What changed while this was being read is shown next.
    const [next] = this.changedIds;
    if (next !== undefined) this.note(next);
  }

  private async sendSummary(): Promise<void> {
    const { period } = this.wish;
    const summary = await readSummary(this.ports, period, this.ports.now());
    if (this.isShown && period === this.wish.period) this.ports.post({ type: 'summary', summary });
  }

  private async sendList(): Promise<void> {
    const list = await this.lists.begin(this.wish);
    if (list) this.ports.post({ type: 'list', list });
  }

  private async sendRow(id: string): Promise<void> {
    const entry = await this.ports.ledger.get(id);
    if (!entry) return;
    this.ports.post({ type: 'row', row: toUsageRow(entry) });
    if (id === this.openId) await this.sendDetails(id);
  }

  private async sendDetails(id: string): Promise<void> {
    const entry = await this.ports.ledger.get(id);
    if (!entry) return;
    const { prompt, answer } = entry;
    this.ports.post({ type: 'details', details: { row: toUsageRow(entry), prompt, answer } });
  }

  private async guard(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      if (error instanceof LedgerFault)
        this.ports.post({ type: 'problem', sentence: ledgerFaultText(error) });
      else this.ports.report(error);
    }
  }
}
