import { countText, formatCount } from '../../core/base/formatCount';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { LedgerQueries, RowFilter } from '../../core/ledger/ledgerQueries';
import { addDays, dayText, parseDay } from '../../core/ledger/localDays';
import { periodLabels, toPeriod, usagePeriods } from '../../core/ledger/usagePeriod';
import { type ExportFormat, exportForms } from '../../core/usage/exportText';
import { type WrittenExport, writeExport } from '../../core/usage/writeExport';
import { exportToFile } from '../exportToFile';
import type { Dialogs, ExportTarget, PickItem } from '../ports/dialogs';

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

const formatItems: readonly FormatItem[] = (Object.keys(exportForms) as ExportFormat[]).map(format => ({
  label: plain(exportForms[format].label),
  detail: plain(exportForms[format].detail),
  format,
}));

/** Writes rows of the ledger, with every column, into a file of the user's choice. */
export class UsageExport {
  constructor(
    private readonly queries: LedgerQueries,
    private readonly dialogs: Pick<
      Dialogs,
      'pick' | 'input' | 'saveFile' | 'progress' | 'news' | 'warn' | 'revealFile'
    >,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
  ) {}

  /** Asks which rows, in what form and where to. `shown` is what the usage page's list shows now, if open. */
  async run(shown?: RowFilter): Promise<void> {
    const filter = await this.askFilter(shown);
    if (!filter) return;
    await this.runFor(filter);
  }

  /** {@link run} for rows that are already chosen. */
  async runFor(filter: RowFilter): Promise<void> {
    const { dialogs } = this;
    const form = await dialogs.pick(formatItems, {
      title: say`Export Usage`,
      placeHolder: say`Form of the file`,
    });
    if (!form) return;
    const target = await dialogs.saveFile({
      title: say`Export Usage`,
      name: `openrouter-usage-${dayText(this.now())}.${exportForms[form.format].ending}`,
      kind: form.label,
    });
    if (!target) return;
    const title = say`Exporting usage`;
    await exportToFile(dialogs, target, async () => {
      const written = await dialogs.progress(title, (signal, report) =>
        this.write(filter, form.format, target, { signal, report }),
      );
      return written && summary(written, target);
    });
  }

  private async askFilter(shown: RowFilter | undefined): Promise<RowFilter | undefined> {
    const items = await this.filterItems(shown);
    const item = await this.dialogs.pick<FilterItem>(items, {
      title: say`Export Usage`,
      placeHolder: say`Which requests? Days are your local ones.`,
    });
    return item && (item.filter ?? this.askDays());
  }

  private async filterItems(shown: RowFilter | undefined): Promise<readonly FilterItem[]> {
    const periods = usagePeriods.map(async name => {
      const filter = toPeriod(name, this.now());
      const { requests } = await this.queries.usage(filter);
      return { label: plain(periodLabels[name]), description: plain(countText(requests, 'request')), filter };
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
    const nowMs = this.now();
    const text = await this.dialogs.input({
      title: say`Export Usage`,
      prompt: say`First and last day, both included`,
      value: `${dayText(addDays(nowMs, -29))} to ${dayText(nowMs)}`,
      validateInput: value =>
        parseDays(value) ? undefined : say`Write two days such as 2026-03-01 to 2026-03-31.`,
    });
    return text === undefined ? undefined : parseDays(text);
  }

  /** What was written; `undefined` when cancelled. */
  private async write(
    filter: RowFilter,
    format: ExportFormat,
    target: ExportTarget,
    { signal, report }: ProgressPart,
  ): Promise<WrittenExport | undefined> {
    const { queries } = this;
    const total = await this.countRows(filter);
    let before = 0;
    const onProgress = (rows: number): void => {
      const done = say`${countText(rows, 'request')}${total === undefined ? '' : ` of ${formatCount(total)}`}`;
      report(done, total ? (100 * (rows - before)) / total : undefined);
      before = rows;
    };
    return writeExport(queries.allRows(filter), await target.open(), { format, signal, onProgress });
  }

  private async countRows({ fromMs, toMs, ...conditions }: RowFilter): Promise<number | undefined> {
    const hasConditions = Object.values(conditions).some(value => value !== undefined);
    return hasConditions ? undefined : (await this.queries.usage({ fromMs, toMs })).requests;
  }
}

function summary({ rows, note }: WrittenExport, target: ExportTarget): PlainText {
  return say`Exported ${countText(rows, 'request')} to ${target.name}.${note === '' ? '' : ` ${note}`}`;
}

/** `2026-03-01 to 2026-03-31`, both days included. */
function parseDays(text: string): RowFilter | undefined {
  const [from, last, ...more] = text.split(/\s+to\s+|\s*–\s*/).map(parseDay);
  if (from === undefined || last === undefined || more.length > 0 || last < from) return undefined;
  return { fromMs: from, toMs: addDays(last, 1) };
}
