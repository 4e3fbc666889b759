import type { AppHost } from './appHost';
import type { UsageParts } from './createUsage';
import { UsagePage } from './views/usagePanel';

/** The usage page and its commands. `ask` begins a question to a model. */
export function createUsagePage(host: AppHost, spend: UsageParts, ask: () => void): UsagePage {
  const { context, dialogs, log, report } = host;
  const { ledger, account, cachedModel } = spend;
  return new UsagePage({
    extensionUri: context.extensionUri,
    ledger: ledger.store,
    queries: ledger.queries,
    pricingOf: async id => (await cachedModel(id))?.pricing,
    account,
    dialogs,
    log,
    report,
    ask,
  });
}
