import { assertNever } from '../../core/base/assertNever';
import { links } from '../../core/base/links';
import { say } from '../../core/base/plainText';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import type { FromUsagePage } from '../../protocol/usageMessages';
import type { OpenInOpenRouter } from '../account/openInOpenRouter';
import type { Dialogs } from '../ports/dialogs';
import type { Log } from '../ports/log';
import { warnOfLedgerFault } from './ledgerFaultWarning';
import type { UsageDeletion } from './usageDeletion';
import type { UsageExport } from './usageExport';
import type { UsageReconciling } from './usageReconciling';
import type { UsageView } from './usageView';
import type { WhatIfCommands } from './whatIfCommands';

/** Does what the user did in the usage page. */
export class UsagePageHandler {
  constructor(
    private readonly view: UsageView,
    private readonly exporting: UsageExport,
    private readonly reconciling: UsageReconciling,
    private readonly deletion: UsageDeletion,
    private readonly queries: Pick<LedgerQueries, 'location'>,
    private readonly dialogs: Pick<Dialogs, 'copy' | 'openLink' | 'revealFile' | 'warn'>,
    private readonly log: Pick<Log, 'warn'>,
    /** Begins a question to a model. */
    private readonly ask: () => void,
    private readonly openRouterLog: Pick<OpenInOpenRouter, 'open'>,
    private readonly whatIf: WhatIfCommands,
  ) {}

  async handle(message: FromUsagePage): Promise<void> {
    await warnOfLedgerFault(this.dialogs, async () => this.run(message));
  }

  private run(message: FromUsagePage): unknown {
    const { view, dialogs, reconciling } = this;
    switch (message.type) {
      case 'ready':
        // The panel itself answers this.
        return undefined;
      case 'period':
        return this.thenWhatIf(view.setPeriod(message.period));
      case 'list':
        return this.thenWhatIf(view.setList(message));
      case 'page':
        return view.sendPage(message.listId, message.index);
      case 'open':
        return view.open(message.id);
      case 'copy':
        return dialogs.copy(message.text);
      case 'openLogs':
        return this.openLogs(message.id);
      case 'openInOpenRouter':
        return this.openRouterLog.open(message.id);
      case 'revealFile':
        return this.revealFile();
      case 'export':
        return this.exporting.runFor(view.rowFilter);
      case 'reconcile':
        return reconciling.start();
      case 'stopReconcile':
        return reconciling.stop();
      case 'resumeReconcile':
        return reconciling.resume();
      case 'closeReconcile':
        return reconciling.close();
      case 'adoptFigures':
        return reconciling.adopt();
      case 'deleteHistory':
        return this.deletion.run();
      case 'whatIf':
        return this.whatIf.choose(message);
      case 'whatIfOther':
        return this.whatIf.chooseOther(message.route);
      case 'tryWhatIf':
        return this.whatIf.tryIt(message.action);
      case 'ask':
        return this.ask();
      case 'pageError':
        return this.log.warn(say`Usage page: ${message.message}`);
      default:
        return assertNever(message);
    }
  }

  /** What-if is about what the page shows. */
  private async thenWhatIf(shown: Promise<void>): Promise<void> {
    await shown;
    await this.whatIf.refresh();
  }

  /** No address leads to a single request, but the page at OpenRouter can be filtered by the id. */
  private async openLogs(id: string): Promise<void> {
    await this.dialogs.copy(id);
    await this.dialogs.openLink(links.logs);
  }

  private async revealFile(): Promise<void> {
    const { location } = this.queries;
    if (location !== undefined) await this.dialogs.revealFile(location);
  }
}
