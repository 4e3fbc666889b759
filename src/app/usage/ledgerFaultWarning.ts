import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import type { Dialogs } from '../ports';

/** Does `work`. When the ledger's file cannot be used just now, the user is told so in plain words. */
export async function warnOfLedgerFault(
  dialogs: Pick<Dialogs, 'warn'>,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    await dialogs.warn(`This could not be finished. ${ledgerFaultText(error)}`);
  }
}
