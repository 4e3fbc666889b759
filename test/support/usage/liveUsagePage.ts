import type { Browser, BrowserContextOptions } from 'playwright-core';
import { UsageView } from '../../../src/app/usage/usageView';
import type { LedgerStore } from '../../../src/core/ledger/ledger';
import type { LedgerQueries } from '../../../src/core/ledger/ledgerQueries';
import { isFromUsagePage } from '../../../src/protocol/usageGuard';
import type { FromUsagePage, ToUsagePage } from '../../../src/protocol/usageMessages';
import { PageHarness } from '../pageHarness/pageHarness';
import type { ThemeName } from '../pageHarness/themes';
import { samplePricing } from './sampleLedger';

export interface LiveUsageOptions {
  readonly store: Pick<LedgerStore, 'get' | 'onDidChange'>;
  readonly queries: LedgerQueries;
  readonly nowMs: number;
  readonly theme?: ThemeName;
  readonly context?: BrowserContextOptions;
  readonly language?: string;
}

/** The usage page in a browser, answered by the real host side over a ledger of the test's choice. */
export class LiveUsagePage {
  private constructor(
    readonly harness: PageHarness<ToUsagePage, FromUsagePage>,
    private readonly view: UsageView,
    /** Messages that were not well formed, and errors of the host side. */
    readonly hostTroubles: readonly unknown[],
  ) {}

  static async open(browser: Browser, options: LiveUsageOptions): Promise<LiveUsagePage> {
    const { store, queries, nowMs, theme, context, language } = options;
    const harness = await PageHarness.open<ToUsagePage, FromUsagePage>(browser, {
      name: 'usage',
      element: 'ask-usage-page',
      theme,
      context,
      language,
    });
    const troubles: unknown[] = [];
    const view = new UsageView({
      ledger: store,
      queries,
      pricingOf: async id => samplePricing(id),
      now: () => nowMs,
      post: message => void harness.post(JSON.parse(JSON.stringify(message))).catch(() => undefined),
      report: error => troubles.push(error),
    });
    await harness.page.exposeFunction('tellHost', (message: unknown) => {
      if (!isFromUsagePage(message)) troubles.push(message);
      else void answer(view, message);
    });
    await harness.page.evaluate(() => {
      const tellHost = (window as unknown as { tellHost: (message: unknown) => void }).tellHost;
      const earlier = [...window.posted];
      window.posted.push = (...messages) => {
        for (const message of messages) tellHost(message);
        return Array.prototype.push.apply(window.posted, messages);
      };
      for (const message of earlier) tellHost(message);
    });
    return new LiveUsagePage(harness, view, troubles);
  }

  async close(): Promise<void> {
    this.view.dispose();
    await this.harness.close();
  }
}

/** What the host does with messages that need no dialogs. */
async function answer(view: UsageView, message: FromUsagePage): Promise<void> {
  if (message.type === 'ready') await view.greet();
  if (message.type === 'period') await view.setPeriod(message.period);
  if (message.type === 'list') await view.setList(message);
  if (message.type === 'page') await view.sendPage(message.listId, message.index);
  if (message.type === 'open') await view.open(message.id);
}
