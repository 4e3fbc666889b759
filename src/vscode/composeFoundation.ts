import { monotonicFactory } from 'ulid';
import { Clients } from '../app/account/clients';
import { OpenInOpenRouter } from '../app/account/openInOpenRouter';
import { logRequests } from '../app/ask/requestLog';
import { ModelList } from '../app/models/modelList';
import { CacheRecord } from '../app/usage/cacheRecord';
import { CostExplanations } from '../app/usage/costExplanations';
import { Estimates } from '../app/usage/estimates';
import { warnOfLedgerFaults } from '../app/usage/ledgerFaultWarning';
import { systemClock } from '../core/base/clock';
import { Settler } from '../core/ledger/settler';
import type { FindPricing } from '../core/money/pricing';
import { openRouter as clientsOfOpenRouter } from '../openrouter/openRouter';
import { openLedger } from '../storage/openLedger';
import type { ActivationParts, Own } from './activationParts';
import { composeAccount } from './composeAccount';
import { VscodeEditors } from './editors';
import { FileModelCache } from './modelCache';
import { VscodeWorkbench } from './workbench';

/** What asking and the usage page both stand on: the window, the clients, the models and the ledger. */
export function composeFoundation(parts: ActivationParts, own: Own) {
  const { context, log, dialogs, endpoints, keys, report } = parts;
  const newId = monotonicFactory();
  const openRouter = logRequests(clientsOfOpenRouter, log);
  const editors = own(new VscodeEditors());
  const workbench = own(new VscodeWorkbench());
  const clients = new Clients(endpoints, openRouter);
  const { apiKey, keyWays } = composeAccount(parts, openRouter, workbench, own);
  const models = own(new ModelList(endpoints, openRouter, new FileModelCache(context.globalStorageUri), log));
  const findPricing: FindPricing = id => models.findPricing(id);

  const { ledger, onDidFault } = openLedger(context.globalStorageUri.fsPath, { windowId: newId() });
  own(ledger);
  own(warnOfLedgerFaults(onDidFault, log, dialogs));
  const { leases, store, queries } = ledger;
  const settler = own(
    new Settler({
      ...systemClock,
      leases,
      store,
      connect: origin => clients.account(origin),
      pricingOf: findPricing,
      onError: report,
    }),
  );
  const estimates = own(new Estimates(store, queries, models, log));
  const cacheRecord = own(new CacheRecord(store, queries, log));
  const costs = {
    explanations: own(new CostExplanations(store, queries, findPricing)),
    openRouterLog: new OpenInOpenRouter(store, keys, dialogs),
  };
  return {
    costs,
    newId,
    openRouter,
    editors,
    workbench,
    clients,
    apiKey,
    keyWays,
    models,
    findPricing,
    ledger,
    settler,
    estimates,
    cacheRecord,
  };
}

export type Foundation = ReturnType<typeof composeFoundation>;
