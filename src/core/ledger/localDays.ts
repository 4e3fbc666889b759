/**
 * Where the user's own days begin and end. A day is as long as the clocks make it: 23 or 25 hours where
 * they change, and one whose midnight does not exist begins at its first minute.
 */
export function startOfDay(ms: number): number {
  return addDays(ms, 0);
}

/** The start of the day that lies `days` after the one of `ms`; negative goes back. */
export function addDays(ms: number, days: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** The start of the month that lies `months` after the one of `ms`. */
export function addMonths(ms: number, months: number): number {
  const date = new Date(ms);
  return new Date(date.getFullYear(), date.getMonth() + months, 1).getTime();
}

/** The start of the Monday on or before `ms`. */
export function startOfWeek(ms: number): number {
  const daysSinceMonday = (new Date(ms).getDay() + 6) % 7;
  return addDays(ms, -daysSinceMonday);
}

/**
 * The start of a day as typed, `2026-03-29`; `undefined` when it is not a day of the calendar.
 */
export function parseDay(text: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim()) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  const isSame = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
  return isSame ? date.getTime() : undefined;
}

/** The day of `ms` as `2026-03-29`. */
export function dayText(ms: number): string {
  const date = new Date(ms);
  const two = (part: number) => part.toString().padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
