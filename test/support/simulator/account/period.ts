const dayMs = 86_400_000;

/** Epoch ms when the current UTC day, week (from Monday) or month began. */
export function startOfPeriod(period: 'daily' | 'weekly' | 'monthly', nowMs: number): number {
  const today = Math.floor(nowMs / dayMs) * dayMs;
  const date = new Date(today);
  switch (period) {
    case 'daily':
      return today;
    case 'weekly':
      return today - ((date.getUTCDay() + 6) % 7) * dayMs;
    case 'monthly':
      return today - (date.getUTCDate() - 1) * dayMs;
  }
}
