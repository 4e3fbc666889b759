import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import type { LedgerStore } from '../../../src/core/money/ledger';
import { isFromSpendPage } from '../../../src/protocol/spendGuard';
import type { FromSpendPage, ToSpendPage } from '../../../src/protocol/spendMessages';
import { UsagePage } from '../../../src/ui/spend/usagePage';
import { samplePricing } from '../usage/sampleLedger';
import { extensionUri, PageHarness, type PageOptions } from './pageHarness';
import { ScriptedUser } from './scriptedUser';

export interface LiveUsageOptions extends PageOptions {
  readonly store: Pick<LedgerStore, 'get' | 'update' | 'onDidChange'>;
  readonly queries: LedgerQueries;
  readonly nowMs: number;
}

/** The usage page in a browser, in the product's own panel over a ledger of the test's choice. */
export class LiveUsagePage {
  private constructor(
    readonly harness: PageHarness<ToSpendPage, FromSpendPage>,
    readonly user: ScriptedUser,
    private readonly host: UsagePage,
    /** Errors of the host side. */
    readonly hostTroubles: readonly unknown[],
  ) {}

  static async open({ store, queries, nowMs, ...options }: LiveUsageOptions): Promise<LiveUsagePage> {
    const user = new ScriptedUser();
    const troubles: unknown[] = [];
    const host = new UsagePage({
      extensionUri,
      ledger: store,
      queries,
      pricingOf: async id => samplePricing(id),
      account: async () => ({ ok: false, failure: { kind: 'noKey' } }),
      dialogs: user,
      log: { warn: message => troubles.push(message) },
      report: error => troubles.push(error),
      ask: () => user.shown.push('ask'),
      suggestIn: () => extensionUri,
      openFile: () => Promise.reject(new Error('No test exports to a file.')),
      now: () => nowMs,
    });
    const harness = await PageHarness.open<ToSpendPage, FromSpendPage>(
      { isFromPage: isFromSpendPage, fill: panel => host.adopt(panel) },
      options,
    );
    return new LiveUsagePage(harness, user, host, troubles);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.harness.close();
  }
}
