/** The smallest number of all, 5e-324, has 326 characters when it is written out. */
const longestDecimal = 400;
const largestExponent = 400;
const plainDecimal = /^-?\d+(\.\d+)?$/;
const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]?\d{1,3})$/;

/** No single request costs more, in USD. */
const dearestRequest = 100_000;
/** What the ledger can hold, in USD. */
const largestAmount = 9_000_000;

/**
 * A number from JSON as decimal text without exponent, with exactly the digits of the shortest text that
 * reads back as the same number (1e-7 → "0.0000001"). Decimal text passes as it is. Anything else is
 * `undefined`, and so is a text so long, or of such an exponent, that it could only be meant to do harm.
 */
export function toDecimal(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value);
  if (text.length > longestDecimal) return undefined;
  return plainDecimal.test(text) ? text : expand(text);
}

/** What one request cost, in USD; `undefined` when it is negative, or more than any request costs. */
export function toCost(value: unknown): string | undefined {
  return within(toDecimal(value), 0, dearestRequest);
}

/** An amount of an account, in USD, which may be overdrawn. */
export function toAmount(value: unknown): string | undefined {
  return within(toDecimal(value), -largestAmount, largestAmount);
}

/**
 * A price of one unit, in USD; negative when it varies. Something that stands there but cannot be read may
 * be any price: it counts as one that varies, never as none.
 */
export function toPrice(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return within(toDecimal(value), Number.NEGATIVE_INFINITY, dearestRequest) ?? '-1';
}

function within(text: string | undefined, least: number, most: number): string | undefined {
  return text !== undefined && Number(text) >= least && Number(text) <= most ? text : undefined;
}

function expand(text: string): string | undefined {
  const match = scientific.exec(text.toLowerCase());
  if (!match) return undefined;
  const [, sign = '', head = '', tail = '', exponent = '0'] = match;
  if (Math.abs(Number(exponent)) > largestExponent) return undefined;
  const digits = head + tail;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
