const dayMs = 86_400_000;

/** The spans in which OpenRouter counts a key's usage: UTC days, weeks from Monday, months. */
export type UtcSpan = 'day' | 'week' | 'month';

export function startOfUtcSpan(span: UtcSpan, nowMs: number): number {
  const day = Math.floor(nowMs / dayMs) * dayMs;
  const date = new Date(nowMs);
  switch (span) {
    case 'day':
      return day;
    case 'week':
      return day - ((date.getUTCDay() + 6) % 7) * dayMs;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  }
}

/** The start of the UTC day that lies `days` before the one of `nowMs`. */
export function utcDaysAgo(nowMs: number, days: number): number {
  return startOfUtcSpan('day', nowMs) - days * dayMs;
}

/** The start of the UTC month before the one of `nowMs`. */
export function startOfLastUtcMonth(nowMs: number): number {
  return startOfUtcSpan('month', startOfUtcSpan('month', nowMs) - 1);
}
