/** Unknown is `null`, never 0 or an empty text. */
export type ExportValue = string | number | boolean | null;

/** Tells spreadsheets that the file is UTF-8; without it Excel reads it in the system's old code page. */
export const byteOrderMark = '\uFEFF';

/** What a spreadsheet shows at most: in Excel, and about as much in the others. */
export const mostCellCharacters = 32_767;
export const mostSheetLines = 1_048_576;

/** What had to be done to cells so that a spreadsheet takes them. */
export interface CsvChanges {
  /** Texts that were cut at {@link mostCellCharacters}. */
  cutCells: number;
  /** Texts that got an apostrophe, so that they are not run as formulas. */
  quotedFormulas: number;
}

/** Characters that make a spreadsheet take a cell for a formula; the full-width ones count in East Asia. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** Most cells need nothing done to them; there are millions. */
const isAwkward = new RegExp(`${formulaStart.source}|[",;\\r\\n]`);

/**
 * One line of RFC 4180, ended by CRLF; `separator` is `;` where the comma is the decimal sign. Text that a
 * spreadsheet would run as a formula gets a leading apostrophe: a model, a provider or a workspace can be called
 * anything. Text longer than a cell is cut. Unknown is an empty cell. `changes` counts both.
 */
export function csvLine(
  values: readonly ExportValue[],
  separator: ',' | ';' = ',',
  changes: CsvChanges = { cutCells: 0, quotedFormulas: 0 },
): string {
  return `${values.map(value => toCell(value, changes)).join(separator)}\r\n`;
}

function toCell(value: ExportValue, changes: CsvChanges): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  if (value.length < mostCellCharacters && !isAwkward.test(value)) return value;
  let text = value;
  if (formulaStart.test(text)) {
    text = `'${text}`;
    changes.quotedFormulas += 1;
  }
  if (text.length > mostCellCharacters) {
    text = cut(text);
    changes.cutCells += 1;
  }
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The beginning of `text`, with a word on what is missing; never half a character. */
function cut(text: string): string {
  const mark = ` … [cut: ${text.length} characters]`;
  const kept = text.slice(0, mostCellCharacters - mark.length);
  return kept.replace(/[\uD800-\uDBFF]$/, '') + mark;
}
