const minuteMs = 60_000;

/** `3 hours`; for something that was kept. */
export function ageText(ageMs: number): string {
  const [count, unit] =
    ageMs < 60 * minuteMs
      ? [Math.max(1, Math.round(ageMs / minuteMs)), 'minute']
      : ageMs < 36 * 60 * minuteMs
        ? [Math.round(ageMs / (60 * minuteMs)), 'hour']
        : [Math.round(ageMs / (24 * 60 * minuteMs)), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
