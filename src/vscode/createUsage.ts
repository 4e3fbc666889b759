import type { Clients } from '../app/account/clients';
import type { ModelList } from '../app/models/modelList';
import { Estimates } from '../app/usage/estimates';
import { setTimer } from '../core/base/wait';
import type { LedgerParts } from '../core/ledger/ledgerParts';
import { Settler } from '../core/ledger/settler';
import { ledgerFaultText } from '../core/money/ledgerFault';
import type { FindPricing } from '../core/money/pricing';
import { openLedger } from '../storage/openLedger';
import type { AppHost, Own } from './appHost';

export interface UsageParts {
  readonly ledger: LedgerParts;
  readonly estimates: Estimates;
  readonly settler: Settler;
  readonly findPricing: FindPricing;
}

/** Builds the record of every request, and what finds out the costs that are missing in it. */
export function createUsage(
  { context, dialogs, log, report }: Pick<AppHost, 'context' | 'dialogs' | 'log' | 'report'>,
  clients: Clients,
  models: ModelList,
  newId: () => string,
  own: Own,
): UsageParts {
  const { ledger, onDidFault } = openLedger(context.globalStorageUri.fsPath, { windowId: newId() });
  own(ledger);
  onDidFault(fault => {
    log.error('The usage history', fault);
    dialogs.warn(ledgerFaultText(fault)).catch(report);
  });
  const findPricing: FindPricing = async id => (await models.findCached(id))?.pricing;
  const settler = own(
    new Settler({
      leases: ledger.leases,
      connect: endpoint => clients.account(endpoint),
      pricingOf: findPricing,
      now: Date.now,
      random: Math.random,
      schedule: (task, delayMs) => ({ dispose: setTimer(delayMs, task) }),
      onError: error => log.error('The usage history could not be read', error),
    }),
  );
  const estimates = own(new Estimates(ledger.store, ledger.queries, models, log));
  return { ledger, estimates, settler, findPricing };
}
