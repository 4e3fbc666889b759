import * as vscode from 'vscode';
import type { ModelList } from '../app/models/modelList';
import { Estimates } from '../app/usage/estimates';
import type { AccountClient } from '../core/chat/account';
import { fail, type Result, succeed } from '../core/chat/result';
import { toSpendLimits } from '../core/ledger/budgets';
import type { SpendLimit } from '../core/ledger/ledgerLimits';
import type { LedgerParts } from '../core/ledger/ledgerParts';
import { Settler } from '../core/ledger/settler';
import type { Model } from '../core/models/model';
import { ledgerFaultText } from '../core/money/ledgerFault';
import { openRouter } from '../openrouter/openRouter';
import { openLedger } from '../storage/openLedger';
import type { AppHost, Own } from './appHost';

export interface UsageParts {
  readonly ledger: LedgerParts;
  readonly estimates: Estimates;
  readonly settler: Settler;
  /** The limits in force at a moment (epoch ms). */
  readonly limits: (nowMs: number) => readonly SpendLimit[];
  /** The account of the key in use; fails when none is set. */
  readonly account: () => Promise<Result<AccountClient>>;
  /** The catalogue's row of a model as far as it is at hand; asks no server. */
  readonly cachedModel: (id: string) => Promise<Model | undefined>;
}

/** The record of every request, and what finds out the costs that are missing in it. */
export function createUsage(host: AppHost, models: ModelList, newId: () => string, own: Own): UsageParts {
  const { context, dialogs, settings, endpoints, log, report } = host;
  const { ledger, onDidFault } = openLedger(context.globalStorageUri.fsPath, { windowId: newId() });
  own(ledger);
  onDidFault(fault => {
    log.error('The usage history', fault);
    dialogs.warn(ledgerFaultText(fault)).catch(report);
  });
  const onError = (error: unknown): void => log.error('The usage history could not be read', error);
  const account = async (origin?: string): Promise<Result<AccountClient>> => {
    const endpoint = await endpoints.currentWithKey();
    if (!endpoint.ok) return endpoint;
    // Nobody else is asked: the row waits until its own origin is in force again, or is given up after a day.
    if (origin !== undefined && origin !== endpoint.value.origin) return fail({ kind: 'noKey' });
    return succeed(openRouter.account(endpoint.value));
  };
  const cachedModel = (id: string): Promise<Model | undefined> => models.findCached(id);
  const settler = own(
    new Settler({
      leases: ledger.leases,
      connect: account,
      pricingOf: async id => (await cachedModel(id))?.pricing,
      now: () => Date.now(),
      random: () => Math.random(),
      schedule: (task, delayMs) => {
        const timer = setTimeout(task, delayMs);
        return new vscode.Disposable(() => clearTimeout(timer));
      },
      onError,
    }),
  );
  return {
    ledger,
    estimates: own(
      new Estimates({
        store: ledger.store,
        queries: ledger.queries,
        modelsAtHand: () => models.atHand,
        onError,
      }),
    ),
    settler,
    limits: nowMs => toSpendLimits(settings.current.budgets, nowMs),
    account,
    cachedModel,
  };
}
