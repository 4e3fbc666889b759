import type { LedgerEntry } from '../ledger/ledger';
import type { ExportFile } from './exportFile';
import { type ExportFormat, exportText } from './exportText';

export interface WriteExportOptions {
  readonly format: ExportFormat;
  /** Aborted: nothing is left behind. */
  readonly signal: AbortSignal;
  /** Called with the number of rows written so far. */
  readonly onProgress: (rows: number) => void;
}

/**
 * Writes `entries` into `file` and ends it. Resolves to how many rows were written, or `undefined` when it
 * was cancelled; rejects with what the ledger or the file rejected with, leaving nothing behind.
 */
export async function writeExport(
  entries: AsyncIterable<LedgerEntry>,
  file: ExportFile,
  { format, signal, onProgress }: WriteExportOptions,
): Promise<number | undefined> {
  let written = 0;
  try {
    for await (const { text, rows } of exportText(entries, format)) {
      if (signal.aborted) break;
      await file.write(text);
      written = rows;
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
