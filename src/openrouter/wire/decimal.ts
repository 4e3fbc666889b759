const plainDecimal = /^-?\d+(\.\d+)?$/;
const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]?\d+)$/;

/**
 * An amount from JSON as decimal text without exponent, with exactly the digits of the shortest text
 * that reads back as the same number (1e-7 → "0.0000001"). Decimal text passes as it is. Anything else
 * is `undefined`.
 */
export function toDecimal(value: unknown): string | undefined {
  if (typeof value === 'string') return plainDecimal.test(value) ? value : expand(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const text = String(value);
  return plainDecimal.test(text) ? text : expand(text);
}

function expand(text: string): string | undefined {
  const match = scientific.exec(text.toLowerCase());
  if (!match) return undefined;
  const [, sign = '', head = '', tail = '', exponent = '0'] = match;
  const digits = head + tail;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits}${'0'.repeat(point - digits.length)}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
