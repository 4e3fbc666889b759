import { OpenInOpenRouter } from '../../../src/app/account/openInOpenRouter';
import { UsageDeletion } from '../../../src/app/usage/usageDeletion';
import { UsageExport } from '../../../src/app/usage/usageExport';
import { UsagePageHandler } from '../../../src/app/usage/usagePageHandler';
import { UsageReconciling } from '../../../src/app/usage/usageReconciling';
import { UsageView } from '../../../src/app/usage/usageView';
import { fail } from '../../../src/core/chat/result';
import type { LedgerStore } from '../../../src/core/ledger/ledger';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { type FromUsagePage, isFromUsagePage, type ToUsagePage } from '../../../src/protocol/usageMessages';
import { UsagePanel } from '../../../src/vscode/views/usagePanel';
import { samplePricing } from '../usage/sampleLedger';
import { createWhatIf, type WhatIfWorld } from '../usage/whatIfParts';
import { extensionUri, PageHarness, type PageOptions } from './pageHarness';
import { ScriptedUser } from './scriptedUser';

export interface LiveUsageOptions extends PageOptions {
  readonly store: Pick<LedgerStore, 'get' | 'update' | 'onDidChange'>;
  readonly queries: LedgerQueries;
  readonly nowMs: number;
  readonly whatIf?: Partial<WhatIfWorld>;
}

/** The usage page in a browser, in the product's own panel over a ledger of the test's choice. */
export class LiveUsagePage {
  private constructor(
    readonly harness: PageHarness<ToUsagePage, FromUsagePage>,
    readonly user: ScriptedUser,
    private readonly host: UsagePanel,
    /** Errors of the host side. */
    readonly hostTroubles: readonly unknown[],
    /** What "try it" has compared. */
    readonly compared: readonly unknown[],
  ) {}

  static async open({
    store,
    queries,
    nowMs,
    whatIf: more,
    ...options
  }: LiveUsageOptions): Promise<LiveUsagePage> {
    const user = new ScriptedUser();
    const troubles: unknown[] = [];
    const report = (error: unknown): void => void troubles.push(error);
    const now = (): number => nowMs;
    const findPricing = async (id: string) => samplePricing(id);
    const clients = { account: async () => fail({ kind: 'noKey' }) };
    const view = new UsageView(store, queries, findPricing, report, now);
    const reconciling = new UsageReconciling(store, queries, clients, findPricing, user, now);
    const filter = () => view.rowFilter;
    const whatIf = createWhatIf({ store, queries, filter, report, ...more });
    const handler = new UsagePageHandler({
      view,
      exporting: new UsageExport(queries, user, now),
      reconciling,
      deletion: new UsageDeletion(queries, user, now),
      queries,
      dialogs: user,
      log: { warn: report },
      ask: () => user.shown.push('ask'),
      openRouterLog: new OpenInOpenRouter(store, { get: async () => 'sk-or-v1-page' }, user),
      whatIf: whatIf.commands,
    });
    const host = new UsagePanel(extensionUri, view, reconciling, whatIf.view, handler, report);
    const harness = await PageHarness.open<ToUsagePage, FromUsagePage>(
      { isFromPage: isFromUsagePage, fill: panel => host.adopt(panel) },
      options,
    );
    return new LiveUsagePage(harness, user, host, troubles, whatIf.compared);
  }

  async close(): Promise<void> {
    this.host.dispose();
    await this.harness.close();
  }
}
