import type { Row } from './bench';

const heads = ['What', 'Measured', 'Bare', 'Compared', 'Bound', 'Met'];

/** The rows as a Markdown table whose columns line up. */
export function toTable(rows: readonly Row[]): string {
  const cells = rows.map(row => [
    row.what,
    row.measured,
    row.bare ?? '',
    row.comparison ?? '',
    row.bound ?? '',
    met(row),
  ]);
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...cells.map(cell => cell[column]?.length ?? 0)),
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map(width => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

function met({ isMet }: Row): string {
  if (isMet === undefined) return '';
  return isMet ? 'yes' : '**no**';
}
