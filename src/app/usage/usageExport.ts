import { type PlainText, say } from '../../core/base/plainText';
import type { LedgerQueries, RowFilter } from '../../core/ledger/ledgerQueries';
import { addDays, dayText, parseDay } from '../../core/ledger/localDays';
import { periodLabels, toPeriod, usagePeriods } from '../../core/ledger/usagePeriod';
import { fileFaultReason } from '../../core/usage/exportFile';
import type { ExportFormat } from '../../core/usage/exportText';
import { writeExport } from '../../core/usage/writeExport';
import type { Dialogs, ExportTarget, PickItem } from '../ports';
import { countText } from './countText';

export interface UsageExportPorts {
  readonly queries: LedgerQueries;
  readonly dialogs: Pick<
    Dialogs,
    'pick' | 'input' | 'saveFile' | 'progress' | 'inform' | 'warn' | 'revealFile'
  >;
  readonly now: () => number;
}

interface FilterItem extends PickItem {
  /** `undefined`: the user types the days. */
  readonly filter?: RowFilter;
}

interface ProgressPart {
  readonly signal: AbortSignal;
  readonly report: (message: PlainText, percent?: number) => void;
}

interface FormatItem extends PickItem {
  readonly format: ExportFormat;
}

const formatItems: readonly FormatItem[] = [
  { label: say`CSV`, detail: say`For Excel, Numbers, LibreOffice and Google Sheets`, format: 'csv' },
  {
    label: say`JSON Lines`,
    detail: say`One JSON object per line, for scripts and databases`,
    format: 'jsonl',
  },
  { label: say`JSON`, detail: say`One array`, format: 'json' },
];

/** Writes rows of the ledger, with every column, into a file of the user's choice. */
export class UsageExport {
  constructor(private readonly ports: UsageExportPorts) {}

  /** Asks which rows, in what form and where to. `shown` is what the usage page's list shows now, if open. */
  async run(shown?: RowFilter): Promise<void> {
    const filter = await this.askFilter(shown);
    if (!filter) return;
    await this.runFor(filter);
  }

  /** {@link run} for rows that are already chosen. */
  async runFor(filter: RowFilter): Promise<void> {
    const { dialogs } = this.ports;
    const form = await dialogs.pick(formatItems, {
      title: say`Export Usage`,
      placeHolder: say`Form of the file`,
    });
    if (!form) return;
    const target = await dialogs.saveFile({
      title: say`Export Usage`,
      name: `openrouter-usage-${dayText(this.ports.now())}.${form.format}`,
      kind: form.label,
    });
    if (!target) return;
    const title = say`Exporting usage`;
    try {
      const rows = await dialogs.progress(title, (signal, report) =>
        this.write(filter, form.format, target, { signal, report }),
      );
      if (rows !== undefined) await this.announce(rows, target);
    } catch (error) {
      const reason = fileFaultReason(error);
      if (reason === undefined) throw error;
      await dialogs.warn(say`${target.name} could not be written: ${reason}. Nothing of it was left behind.`);
    }
  }

  private async askFilter(shown: RowFilter | undefined): Promise<RowFilter | undefined> {
    const items = await this.filterItems(shown);
    const item = await this.ports.dialogs.pick<FilterItem>(items, {
      title: say`Export Usage`,
      placeHolder: say`Which requests? Days are your local ones.`,
    });
    return item && (item.filter ?? this.askDays());
  }

  private async filterItems(shown: RowFilter | undefined): Promise<readonly FilterItem[]> {
    const periods = usagePeriods.map(async name => {
      const filter = toPeriod(name, this.ports.now());
      const { requests } = await this.ports.queries.usage(filter);
      return {
        label: say`${periodLabels[name]}`,
        description: say`${countText(requests, 'request')}`,
        filter,
      };
    });
    const asShown = {
      label: say`As shown in the usage page`,
      description: say`its period, search and filters`,
    };
    return [
      ...(shown ? [{ ...asShown, filter: shown }] : []),
      ...(await Promise.all(periods)),
      { label: say`Choose days…` },
    ];
  }

  private async askDays(): Promise<RowFilter | undefined> {
    const now = this.ports.now();
    const text = await this.ports.dialogs.input({
      title: say`Export Usage`,
      prompt: say`First and last day, both included`,
      value: `${dayText(addDays(now, -29))} to ${dayText(now)}`,
      validateInput: value =>
        parseDays(value) ? undefined : say`Write two days such as 2026-03-01 to 2026-03-31.`,
    });
    return text === undefined ? undefined : parseDays(text);
  }

  /** How many rows were written; `undefined` when cancelled. */
  private async write(
    filter: RowFilter,
    format: ExportFormat,
    target: ExportTarget,
    { signal, report }: ProgressPart,
  ): Promise<number | undefined> {
    const { queries } = this.ports;
    const total = await this.countRows(filter);
    let before = 0;
    const onProgress = (rows: number): void => {
      const done = say`${countText(rows, 'request')}${total === undefined ? '' : ` of ${total.toLocaleString('en')}`}`;
      report(done, total ? (100 * (rows - before)) / total : undefined);
      before = rows;
    };
    return writeExport(queries.allRows(filter), await target.open(), { format, signal, onProgress });
  }

  private async countRows({ fromMs, toMs, ...conditions }: RowFilter): Promise<number | undefined> {
    const hasConditions = Object.values(conditions).some(value => value !== undefined);
    return hasConditions ? undefined : (await this.ports.queries.usage({ fromMs, toMs })).requests;
  }

  private async announce(rows: number, target: ExportTarget): Promise<void> {
    const show = 'Show File';
    const buttons = target.path === undefined ? [] : [show];
    const choice = await this.ports.dialogs.inform(
      say`Exported ${countText(rows, 'request')} to ${target.name}.`,
      ...buttons,
    );
    if (choice === show && target.path !== undefined) await this.ports.dialogs.revealFile(target.path);
  }
}

/** `2026-03-01 to 2026-03-31`, both days included. */
function parseDays(text: string): RowFilter | undefined {
  const [from, last, ...more] = text.split(/\s+to\s+|\s*–\s*/).map(parseDay);
  if (from === undefined || last === undefined || more.length > 0 || last < from) return undefined;
  return { fromMs: from, toMs: addDays(last, 1) };
}
