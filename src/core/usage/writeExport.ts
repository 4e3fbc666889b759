import type { LedgerEntry } from '../ledger/ledger';
import type { ExportFile } from './exportFile';
import { type ExportFormat, exportText, spreadsheetNote } from './exportText';

export interface WriteExportOptions {
  readonly format: ExportFormat;
  /** Aborted: nothing is left behind. */
  readonly signal: AbortSignal;
  /** Called with the number of rows written so far. */
  readonly onProgress: (rows: number) => void;
}

export interface WrittenExport {
  readonly rows: number;
  /** What a spreadsheet would make of it that its reader should know; '' when nothing. */
  readonly note: string;
}

/**
 * Writes `entries` into `file` and ends it. Resolves to what was written, or `undefined` when it was cancelled; rejects with what the ledger or the file rejected with, leaving nothing behind.
 */
export async function writeExport(
  entries: AsyncIterable<LedgerEntry>,
  file: ExportFile,
  { format, signal, onProgress }: WriteExportOptions,
): Promise<WrittenExport | undefined> {
  let written: WrittenExport = { rows: 0, note: '' };
  try {
    for await (const { text, rows, changes } of exportText(entries, format)) {
      if (signal.aborted) break;
      await file.write(text);
      written = { rows, note: spreadsheetNote(format, rows, changes) };
      onProgress(rows);
    }
    if (!signal.aborted) {
      await file.commit();
      return written;
    }
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.discard();
  return undefined;
}
