import { assertNever } from '../../core/base/assertNever';
import { links } from '../../core/base/links';
import { say } from '../../core/base/plainText';
import type { FromUsagePage } from '../../protocol/usageMessages';
import type { Dialogs, Log } from '../ports';
import type { UsageDeletion } from './usageDeletion';
import type { UsageExport } from './usageExport';
import type { UsageReconciling } from './usageReconciling';
import type { UsageView } from './usageView';

/** What the usage page's messages need from the rest. */
export interface UsageMessagePorts {
  readonly view: UsageView;
  readonly exporting: UsageExport;
  readonly reconciling: UsageReconciling;
  readonly deletion: UsageDeletion;
  readonly dialogs: Dialogs;
  readonly log: Pick<Log, 'warn'>;
  /** Path of the ledger's file. */
  readonly location: () => string | undefined;
  /** Begins a question to a model. */
  readonly ask: () => unknown;
}

/** Does what the user did in the usage page. */
export async function handleUsageMessage(message: FromUsagePage, ports: UsageMessagePorts): Promise<unknown> {
  const { view, dialogs, reconciling } = ports;
  switch (message.type) {
    case 'ready':
      return view.greet();
    case 'period':
      return view.setPeriod(message.period);
    case 'list':
      return view.setList(message);
    case 'page':
      return view.sendPage(message.listId, message.index);
    case 'open':
      return view.open(message.id);
    case 'copy':
      return dialogs.copy(message.text);
    case 'openLogs':
      return openLogs(message.generationId, dialogs);
    case 'revealFile': {
      const path = ports.location();
      return path === undefined ? undefined : dialogs.revealFile(path);
    }
    case 'export':
      return ports.exporting.runFor(view.rowFilter);
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
      return ports.deletion.run();
    case 'ask':
      return ports.ask();
    case 'pageError':
      return ports.log.warn(say`Usage page: ${message.message}`);
    default:
      return assertNever(message);
  }
}

/** No address leads to a single request, but the page can be filtered by the id. */
async function openLogs(generationId: string, dialogs: Dialogs): Promise<void> {
  await dialogs.copy(generationId);
  await dialogs.openLink(links.logs);
}
