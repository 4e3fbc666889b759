import type { Dialogs } from '../ports/dialogs';
import { warnOfLedgerFault } from './ledgerFaultWarning';
import type { UsageDeletion } from './usageDeletion';
import type { UsageExport } from './usageExport';
import type { UsageReconciling } from './usageReconciling';
import type { UsageView } from './usageView';

/** The commands about the usage history, which work with and without its page. */
export class UsageCommands {
  constructor(
    private readonly page: { readonly isOpen: boolean; show(): void },
    private readonly view: Pick<UsageView, 'rowFilter'>,
    private readonly exporting: UsageExport,
    private readonly reconciling: UsageReconciling,
    private readonly deletion: UsageDeletion,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
  ) {}

  show(): void {
    this.page.show();
  }

  async exportUsage(): Promise<void> {
    const shown = this.page.isOpen ? this.view.rowFilter : undefined;
    await warnOfLedgerFault(this.dialogs, () => this.exporting.run(shown));
  }

  /** Shows the page, where the findings appear. */
  async reconcile(): Promise<void> {
    this.page.show();
    await warnOfLedgerFault(this.dialogs, () => this.reconciling.start());
  }

  async deleteHistory(): Promise<void> {
    await warnOfLedgerFault(this.dialogs, () => this.deletion.run());
  }
}
