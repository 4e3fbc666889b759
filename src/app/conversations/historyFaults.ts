import { type PlainText, say } from '../../core/base/plainText';
import { LedgerFault } from '../../core/money/ledgerFault';
import type { Dialogs } from '../ports/dialogs';
import type { Log } from '../ports/log';

/** Tells the user of faults of the conversations' file: each kind once in a window. */
export class HistoryFaults {
  private readonly told = new Set<string>();

  constructor(
    private readonly log: Pick<Log, 'error'>,
    private readonly dialogs: Pick<Dialogs, 'warn'>,
    private readonly report: (error: unknown) => void,
  ) {}

  /** For what happens by itself. */
  readonly tell = (error: unknown): void => {
    if (error instanceof LedgerFault && this.told.has(error.kind)) this.note(error);
    else this.tellAgain(error);
  };

  /** For what the user has asked for: said every time. */
  readonly tellAgain = (error: unknown): void => {
    if (error instanceof LedgerFault) {
      this.note(error);
      this.told.add(error.kind);
      this.dialogs.warn(historyFaultText(error)).catch(this.report);
    } else this.report(error);
  };

  private note(fault: LedgerFault): void {
    this.log.error(say`The kept conversations`, fault);
  }
}

/** What happened to the conversations' file, and what it means for the user. */
export function historyFaultText({ kind, asidePath }: Pick<LedgerFault, 'kind' | 'asidePath'>): PlainText {
  switch (kind) {
    case 'locked':
      return say`Another program holds the file of kept conversations: it could not be read or written just now.`;
    case 'full':
      return say`The disk is full, so conversations cannot be kept.`;
    case 'readOnly':
      return say`The file of kept conversations may not be written where it lies.`;
    case 'damaged':
      return asidePath
        ? say`The file of kept conversations was damaged. It was set aside as ${asidePath}, and a fresh one was begun.`
        : say`The file of kept conversations is damaged and could not be set aside.`;
    case 'newer':
      return say`The kept conversations were written by a newer version of Ask OpenRouter, and are left as they are.`;
    default:
      return say`The file of kept conversations cannot be opened.`;
  }
}
