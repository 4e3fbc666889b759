import type { LedgerEntry } from '../ledger/ledger';
import { byteOrderMark, csvLine } from './csv';
import { exportNames, toExportValues } from './exportColumns';

/** The files an export can be, by their ending. */
export const exportFormats = ['csv', 'jsonl', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

interface Shape {
  readonly head: string;
  readonly row: (entry: LedgerEntry) => string;
  readonly between: string;
  readonly tail: string;
}

const shapes: { readonly [Format in ExportFormat]: Shape } = {
  csv: {
    head: byteOrderMark + csvLine(exportNames),
    row: entry => csvLine(toExportValues(entry)),
    between: '',
    tail: '',
  },
  jsonl: { head: '', row: entry => `${toJson(entry)}\n`, between: '', tail: '' },
  json: { head: '[\n', row: toJson, between: ',\n', tail: '\n]\n' },
};

/** Text to append to the file, and how many rows have been written once it is. */
export interface ExportChunk {
  readonly text: string;
  readonly rows: number;
}

/** Large enough that writing costs little, small enough to hold in memory. */
const chunkCharacters = 64 * 1024;

/** The whole file in pieces; holds no more than one piece and one row at a time. */
export async function* exportText(
  entries: AsyncIterable<LedgerEntry>,
  format: ExportFormat,
): AsyncIterable<ExportChunk> {
  const { head, row, between, tail } = shapes[format];
  let [text, rows] = [head, 0];
  for await (const entry of entries) {
    text += (rows === 0 ? '' : between) + row(entry);
    rows += 1;
    if (text.length < chunkCharacters) continue;
    yield { text, rows };
    text = '';
  }
  yield { text: text + tail, rows };
}

function toJson(entry: LedgerEntry): string {
  const values = toExportValues(entry);
  return JSON.stringify(Object.fromEntries(exportNames.map((name, index) => [name, values[index]])));
}
