import type { Clients } from '../app/account/clients';
import { UsageCommands } from '../app/usage/usageCommands';
import { UsageDeletion } from '../app/usage/usageDeletion';
import { UsageExport } from '../app/usage/usageExport';
import { UsagePageHandler } from '../app/usage/usagePageHandler';
import { UsageReconciling } from '../app/usage/usageReconciling';
import { UsageView } from '../app/usage/usageView';
import type { AppHost, Own } from './appHost';
import type { UsageParts } from './createUsage';
import { UsagePanel } from './views/usagePanel';

/** Builds the usage page and its commands. `ask` begins a question to a model. */
export function createUsagePage(
  { context, dialogs, log, report }: Pick<AppHost, 'context' | 'dialogs' | 'log' | 'report'>,
  { ledger, findPricing }: Pick<UsageParts, 'ledger' | 'findPricing'>,
  clients: Clients,
  ask: () => void,
  own: Own,
): { readonly panel: UsagePanel; readonly commands: UsageCommands } {
  const { store, queries } = ledger;
  const view = own(new UsageView(store, queries, findPricing, report));
  const exporting = new UsageExport(queries, dialogs);
  const reconciling = own(new UsageReconciling(store, queries, clients, findPricing, dialogs));
  const deletion = new UsageDeletion(queries, dialogs);
  const handler = new UsagePageHandler(view, exporting, reconciling, deletion, queries, dialogs, log, ask);
  const panel = own(new UsagePanel(context.extensionUri, view, reconciling, handler, report));
  const commands = new UsageCommands(panel, view, exporting, reconciling, deletion, dialogs);
  return { panel, commands };
}
