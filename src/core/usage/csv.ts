import type { ExportValue } from './exportColumns';

/** Tells spreadsheets that the file is UTF-8; without it Excel reads it in the system's old code page. */
export const byteOrderMark = '\uFEFF';

/** Characters that make a spreadsheet take a cell for a formula; the full-width ones count in East Asia. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Most cells need nothing done to them; there are millions. */
const isAwkward = new RegExp(`${formulaStart.source}|[",\\r\\n]`);

/**
 * One line of RFC 4180, ended by CRLF. Text that a spreadsheet would run as a formula gets a leading
 * apostrophe: a model, a provider or a workspace can be called anything. Unknown is an empty cell.
 */
export function csvLine(values: readonly ExportValue[]): string {
  return `${values.map(toCell).join(',')}\r\n`;
}

function toCell(value: ExportValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  if (!isAwkward.test(value)) return value;
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
