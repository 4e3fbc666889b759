import type { Disposable, Event } from '../../core/base/event';
import { plain, say } from '../../core/base/plainText';
import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import type { Dialogs } from '../ports/dialogs';
import type { Log } from '../ports/log';

/** Does `work`. When the ledger's file cannot be used just now, the user is told so in plain words. */
export async function warnOfLedgerFault(
  dialogs: Pick<Dialogs, 'warn'>,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    await dialogs.warn(say`This could not be finished. ${ledgerFaultText(error)}`);
  }
}

/** Logs each fault of the usage history and tells the user what it means. */
export function warnOfLedgerFaults(
  onDidFault: Event<LedgerFault>,
  log: Pick<Log, 'error'>,
  dialogs: Pick<Dialogs, 'warn'>,
): Disposable {
  return onDidFault(fault => {
    log.error(say`The usage history`, fault);
    dialogs
      .warn(plain(ledgerFaultText(fault)))
      .catch((error: unknown) => log.error(say`The user could not be told of a fault`, error));
  });
}
