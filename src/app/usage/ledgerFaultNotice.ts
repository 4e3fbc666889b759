import type { Disposable, Event } from '../../core/base/event';
import { plain, say } from '../../core/base/plainText';
import { type LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import type { Dialogs, Log } from '../ports';

/** Logs each fault of the usage history and tells the user what it means. */
export function tellLedgerFaults(
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
