/**
 * A count as English has it: `1,234`, and `1.5` for one that is no whole number (at most three decimals are kept).
 * Not by `toLocaleString`: its first use in a process takes some 25 ms, in which a panel is waited for.
 */
export function formatCount(count: number): string {
  const [whole = '', decimals] = String(Math.round(count * 1000) / 1000).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** `1 request`, `1,234 requests`: of a noun whose plural ends with a mere s. */
export const countText = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
