import { monotonicFactory } from 'ulid';
import { Clients } from '../app/account/clients';
import { FreeQuota } from '../app/account/freeQuota';
import { OpenInOpenRouter } from '../app/account/openInOpenRouter';
import { logRequests } from '../app/ask/requestLog';
import { NeverSend } from '../app/context/neverSend';
import { CatalogueRecord } from '../app/models/catalogueRecord';
import { ModelBadges } from '../app/models/modelBadges';
import { ModelList } from '../app/models/modelList';
import { ModelNews } from '../app/models/modelNews';
import { UsedModels } from '../app/models/usedModels';
import { CacheRecord } from '../app/usage/cacheRecord';
import { CostExplanations } from '../app/usage/costExplanations';

import { Estimates } from '../app/usage/estimates';
import { warnOfLedgerFaults } from '../app/usage/ledgerFaultWarning';
import { systemClock } from '../core/base/clock';
import { Settler } from '../core/ledger/settler';
import { parseCachedModels } from '../core/models/cachedModels';
import { parseCatalogueHistory } from '../core/models/catalogueHistory';
import { parseServedHow } from '../core/models/modelBadges';
import type { FindPricing } from '../core/money/pricing';
import { openRouter as clientsOfOpenRouter } from '../openrouter/openRouter';
import { homeFolder } from '../storage/homeFolder';
import { openLedger } from '../storage/openLedger';
import type { ActivationParts, Own } from './activationParts';
import { composeAccount } from './composeAccount';
import { VscodeEditors } from './editors';
import { JsonFile } from './jsonFile';
import { PromptFolders } from './promptFolders';
import { VscodeQuestionSources } from './questionSources';
import { VscodeWorkbench } from './workbench';

/** What asking and the usage page both stand on: the window, the clients, the models and the ledger. */
export function composeFoundation(parts: ActivationParts, own: Own) {
  const { context, log, dialogs, endpoints, keys, report, settings } = parts;
  const newId = monotonicFactory();
  const freeQuota = new FreeQuota(endpoints, systemClock.now);
  const openRouter = freeQuota.watching(logRequests(clientsOfOpenRouter, log));
  const neverSend = new NeverSend(settings);
  const editors = own(new VscodeEditors(neverSend));
  const promptFolders = new PromptFolders(settings, homeFolder());
  const sources = new VscodeQuestionSources(neverSend, editors.last, promptFolders);
  const workbench = own(new VscodeWorkbench(neverSend));
  const clients = new Clients(endpoints, openRouter);
  const { apiKey, keyWays } = composeAccount(parts, openRouter, workbench, own);
  const keptAs = <T>(name: string, parse: (json: string) => T | undefined) =>
    new JsonFile(context.globalStorageUri, name, parse);
  const record = new CatalogueRecord(keptAs('modelHistory.json', parseCatalogueHistory), log);
  const cache = keptAs('models.json', parseCachedModels);
  const models = own(new ModelList(endpoints, openRouter, cache, log, record));
  const badges = new ModelBadges(endpoints, openRouter, keptAs('modelBadges.json', parseServedHow), log);
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
  const usedModels = new UsedModels(queries, log);
  const news = new ModelNews(endpoints, record, models, usedModels);
  return {
    costs,
    newId,
    openRouter,
    freeQuota,
    editors,
    sources,
    workbench,
    clients,
    apiKey,
    keyWays,
    models,
    badges,
    usedModels,
    news,
    findPricing,
    ledger,
    settler,
    estimates,
    cacheRecord,
  };
}

export type Foundation = ReturnType<typeof composeFoundation>;
