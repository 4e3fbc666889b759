import { SettingWarning } from '../app/account/settingWarning';
import { UsageCommands } from '../app/usage/usageCommands';
import { UsageDeletion } from '../app/usage/usageDeletion';
import { UsageExport } from '../app/usage/usageExport';
import { UsagePageHandler } from '../app/usage/usagePageHandler';
import { UsageReconciling } from '../app/usage/usageReconciling';
import { UsageStatus } from '../app/usage/usageStatus';
import { UsageView } from '../app/usage/usageView';
import { WhatIfCommands } from '../app/usage/whatIfCommands';
import { WhatIfView } from '../app/usage/whatIfView';
import type { ActivationParts, Own } from './activationParts';
import { registerRefreshCredit } from './commands';
import type { AskParts } from './composeAsk';
import type { Foundation } from './composeFoundation';
import { rememberPending } from './pendingMemento';
import { UsagePanel } from './views/usagePanel';

/** Builds the status bar's figures, the usage page and its commands. */
export function composeUsage(parts: ActivationParts, foundation: Foundation, ask: AskParts, own: Own) {
  const { context, dialogs, log, report, settings, statusBar } = parts;
  const { clients, costs, findPricing, ledger, models, usedModels, workbench } = foundation;
  const { store, queries } = ledger;

  const status = own(new UsageStatus(store, ask.session, settings, workbench, clients, report));
  own(status.onDidCountPending(rememberPending(context.globalState, report)));
  own(status.onDidChange(state => statusBar.show(state)));
  status.refresh();
  own(registerRefreshCredit(() => status.refreshCredit(), report));
  own(new SettingWarning(settings, dialogs, workbench, report));

  const view = own(new UsageView(store, queries, findPricing, report));
  const exporting = new UsageExport(queries, dialogs);
  const reconciling = own(new UsageReconciling(store, queries, clients, findPricing, dialogs));
  const deletion = new UsageDeletion(queries, dialogs);
  const whatIf = own(
    new WhatIfView(
      store,
      { queries, endpoints: ask.endpointPrices },
      models,
      usedModels,
      settings,
      () => view.rowFilter,
      report,
    ),
  );
  const whatIfCommands = new WhatIfCommands(whatIf, () => ask.picker.pick(), ask.comparing);
  const focusComposer = () => ask.answerPanel.focusComposer();
  const handler = new UsagePageHandler({
    view,
    exporting,
    reconciling,
    deletion,
    queries,
    dialogs,
    log,
    ask: focusComposer,
    openRouterLog: costs.openRouterLog,
    whatIf: whatIfCommands,
  });
  const usagePanel = own(new UsagePanel(context.extensionUri, view, reconciling, whatIf, handler, report));
  const usageCommands = new UsageCommands(usagePanel, view, exporting, reconciling, deletion, dialogs);
  return { usageCommands, usagePanel };
}
