/** Something that VS Code reports in a piece of code. */
export interface Problem {
  /** 1-based. */
  readonly line: number;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** Who reports it, such as `ts`. */
  readonly source?: string;
  /** Such as `2304`. */
  readonly code?: string;
}

/** More of them would cost more than they tell. */
const mostProblems = 30;

/** One line for each, such as "line 3: error ts 2304: Cannot find name 'x'."; '' when there are none. */
export function problemsText(problems: readonly Problem[]): string {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const lines = sorted.slice(0, mostProblems).map(toLine);
  const more = sorted.length - mostProblems;
  return [...new Set(lines), ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function toLine({ line, severity, source, code, message }: Problem): string {
  const head = [severity, source, code].filter(Boolean).join(' ');
  return `line ${line}: ${head}: ${message.replace(/\s+/g, ' ').trim()}`;
}
