import type { LedgerStore } from '../../../src/core/ledger/ledger';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { isFromUsagePage } from '../../../src/protocol/usageGuard';
import type { FromUsagePage, ToUsagePage } from '../../../src/protocol/usageMessages';
import { UsagePanel } from '../../../src/vscode/views/usagePanel';
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
    readonly harness: PageHarness<ToUsagePage, FromUsagePage>,
    readonly user: ScriptedUser,
    private readonly host: UsagePanel,
    /** Errors of the host side. */
    readonly hostTroubles: readonly unknown[],
  ) {}

  static async open({ store, queries, nowMs, ...options }: LiveUsageOptions): Promise<LiveUsagePage> {
    const user = new ScriptedUser();
    const troubles: unknown[] = [];
    const host = new UsagePanel({
      extensionUri,
      ledger: store,
      queries,
      pricingOf: async id => samplePricing(id),
      account: async () => ({ ok: false, failure: { kind: 'noKey' } }),
      dialogs: user,
      log: { warn: message => troubles.push(message) },
      report: error => troubles.push(error),
      ask: () => user.shown.push('ask'),
      now: () => nowMs,
    });
    const harness = await PageHarness.open<ToUsagePage, FromUsagePage>(
      { isFromPage: isFromUsagePage, fill: panel => host.adopt(panel) },
      options,
    );
    return new LiveUsagePage(harness, user, host, troubles);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.harness.close();
  }
}
