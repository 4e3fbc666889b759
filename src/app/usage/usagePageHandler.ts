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

/** What fills the page, and what its buttons do. */
export interface UsagePageHandlerParts {
  readonly view: UsageView;
  readonly exporting: UsageExport;
  readonly reconciling: UsageReconciling;
  readonly deletion: UsageDeletion;
  readonly queries: Pick<LedgerQueries, 'location'>;
  readonly dialogs: Pick<Dialogs, 'copy' | 'openLink' | 'revealFile' | 'warn'>;
  readonly log: Pick<Log, 'warn'>;
  /** Begins a question to a model. */
  readonly ask: () => void;
  readonly openRouterLog: Pick<OpenInOpenRouter, 'open'>;
  readonly whatIf: WhatIfCommands;
}

/** Does what the user did in the usage page. */
export class UsagePageHandler {
  constructor(private readonly parts: UsagePageHandlerParts) {}

  async handle(message: FromUsagePage): Promise<void> {
    await warnOfLedgerFault(this.parts.dialogs, async () => this.run(message));
  }

  private run(message: FromUsagePage): unknown {
    const { view, dialogs, reconciling } = this.parts;
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
        return this.parts.openRouterLog.open(message.id);
      case 'revealFile':
        return this.revealFile();
      case 'export':
        return this.parts.exporting.runFor(view.rowFilter);
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
        return this.parts.deletion.run();
      case 'whatIf':
        return this.parts.whatIf.choose(message);
      case 'whatIfOther':
        return this.parts.whatIf.chooseOther(message.route);
      case 'tryWhatIf':
        return this.parts.whatIf.tryIt(message.action);
      case 'ask':
        return this.parts.ask();
      case 'pageError':
        return this.parts.log.warn(say`Usage page: ${message.message}`);
      default:
        return assertNever(message);
    }
  }

  /** What-if is about what the page shows. */
  private async thenWhatIf(shown: Promise<void>): Promise<void> {
    await shown;
    await this.parts.whatIf.refresh();
  }

  /** No address leads to a single request, but the page at OpenRouter can be filtered by the id. */
  private async openLogs(id: string): Promise<void> {
    await this.parts.dialogs.copy(id);
    await this.parts.dialogs.openLink(links.logs);
  }

  private async revealFile(): Promise<void> {
    const { location } = this.parts.queries;
    if (location !== undefined) await this.parts.dialogs.revealFile(location);
  }
}
