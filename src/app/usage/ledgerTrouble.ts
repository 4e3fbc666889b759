import { say } from '../../core/base/plainText';
import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import type { Dialogs } from '../ports';

/** Does what the user asked for; a ledger that cannot be used just now is told in plain words. */
export async function orTellFault(
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
