const dateFirst = /^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
/** Epoch times above this are milliseconds, below it seconds. */
const leastEpochMs = 100_000_000_000;

/**
 * The day in a date from JSON, as `YYYY-MM-DD`: of text that begins with one, whatever time follows, or of
 * an epoch time. Anything else is `undefined`.
 */
export function toDate(value: unknown): string | undefined {
  if (typeof value === 'number') return toIsoDay(value < leastEpochMs ? value * 1000 : value);
  if (typeof value !== 'string') return undefined;
  const [, year, month, day] = dateFirst.exec(value) ?? [];
  if (year === undefined) return undefined;
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  // The 31st of a shorter month would be read as a day of the next.
  return toIsoDay(Date.parse(`${text}T00:00:00Z`)) === text ? text : undefined;
}

function toIsoDay(epochMs: number): string | undefined {
  const year = new Date(epochMs).getUTCFullYear();
  return year >= 2000 && year < 2200 ? new Date(epochMs).toISOString().slice(0, 10) : undefined;
}
