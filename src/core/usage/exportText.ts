import { countText, formatCount } from '../base/formatCount';
import type { LedgerEntry } from '../ledger/ledger';
import { byteOrderMark, type CsvChanges, csvLine, mostSheetLines } from './csv';
import { exportNames, toDecimalCommas, toExportValues } from './exportColumns';

/** The forms of an export: what people call each, whom it is for, and how its file's name ends. */
export const exportForms = {
  csv: {
    label: 'CSV',
    detail: 'For Excel, Numbers, LibreOffice and Google Sheets where the decimal sign is a point',
    ending: 'csv',
  },
  csvSemicolon: {
    label: 'CSV with semicolons',
    detail: 'For the same where the decimal sign is a comma: German, French, Spanish, Portuguese, Russian …',
    ending: 'csv',
  },
  jsonl: {
    label: 'JSON Lines',
    detail: 'One JSON object per line, for scripts and databases',
    ending: 'jsonl',
  },
  json: { label: 'JSON', detail: 'One array', ending: 'json' },
} as const;

export type ExportFormat = keyof typeof exportForms;

interface Shape {
  readonly head: string;
  readonly row: (entry: LedgerEntry) => string;
  readonly between: string;
  readonly tail: string;
}

function toShape(format: ExportFormat, changes: CsvChanges): Shape {
  switch (format) {
    case 'csv':
      return toCsv(',', entry => csvLine(toExportValues(entry), ',', changes));
    case 'csvSemicolon':
      return toCsv(';', entry => csvLine(toDecimalCommas(toExportValues(entry)), ';', changes));
    case 'jsonl':
      return { head: '', row: entry => `${toJson(entry)}\n`, between: '', tail: '' };
    case 'json':
      return { head: '[\n', row: toJson, between: ',\n', tail: '\n]\n' };
  }
}

function toCsv(separator: ',' | ';', row: Shape['row']): Shape {
  return { head: byteOrderMark + csvLine(exportNames, separator), row, between: '', tail: '' };
}

/** Text to append to the file, and how many rows have been written once it is. */
export interface ExportChunk {
  readonly text: string;
  readonly rows: number;
  /** So far. */
  readonly changes: Readonly<CsvChanges>;
}

/** Large enough that writing costs little, small enough to hold in memory. */
const chunkCharacters = 64 * 1024;

/** The whole file in pieces; holds no more than one piece and one row at a time. */
export async function* exportText(
  entries: AsyncIterable<LedgerEntry>,
  format: ExportFormat,
): AsyncIterable<ExportChunk> {
  const changes: CsvChanges = { cutCells: 0, quotedFormulas: 0 };
  const { head, row, between, tail } = toShape(format, changes);
  let [text, rows] = [head, 0];
  for await (const entry of entries) {
    text += (rows === 0 ? '' : between) + row(entry);
    rows += 1;
    if (text.length < chunkCharacters) continue;
    yield { text, rows, changes };
    text = '';
  }
  yield { text: text + tail, rows, changes };
}

/** What a spreadsheet would make of the file that its reader should know, in plain sentences; '' when nothing. */
export function spreadsheetNote(format: ExportFormat, rows: number, changes: Readonly<CsvChanges>): string {
  if (exportForms[format].ending !== 'csv') return '';
  const { cutCells, quotedFormulas } = changes;
  const texts = (count: number) => countText(count, 'text');
  const sentences = [
    rows < mostSheetLines
      ? ''
      : `A spreadsheet shows the first ${formatCount(mostSheetLines)} lines of it only: export shorter periods for one.`,
    cutCells === 0
      ? ''
      : `${texts(cutCells)} longer than a spreadsheet’s cell can hold ${cutCells === 1 ? 'was' : 'were'} cut; JSON Lines has everything.`,
    quotedFormulas === 0
      ? ''
      : `${texts(quotedFormulas)} that a spreadsheet would run as a formula got an apostrophe in front.`,
  ];
  return sentences.filter(Boolean).join(' ');
}

function toJson(entry: LedgerEntry): string {
  const values = toExportValues(entry);
  return JSON.stringify(Object.fromEntries(exportNames.map((name, index) => [name, values[index]])));
}
