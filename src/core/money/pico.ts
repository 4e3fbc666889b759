/**
 * Integer multiples of 10⁻¹² USD. Every amount inside is one of these, so every sum is exact; decimal
 * text is for the edges.
 */
export type Pico = bigint;

const picoDecimals = 12;
/** What a 64-bit column holds: a little over 9.2 million USD. */
const maxPico = 2n ** 63n - 1n;
/** Longer texts are no amounts of money; to count with them would take long. */
const longestText = 1000;
const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/**
 * Decimal text as an integer count of 10⁻ᵈ, where d is `decimals`; digits beyond are rounded half to
 * even. `undefined` when the text is not a plain or exponent number.
 */
export function parseFixed(text: string, decimals: number): bigint | undefined {
  if (text.length > longestText) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = decimalText.exec(text.trim()) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const shift = Number(exponent) - fraction.length + decimals;
  const digits = BigInt(whole + fraction);
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -scaled : scaled;
}

/** `value / divisor` to the nearest integer, halves to the even one. `divisor` is positive. */
export function divideHalfEven(value: bigint, divisor: bigint): bigint {
  if (value < 0n) return -divideHalfEven(-value, divisor);
  const quotient = value / divisor;
  const twiceRest = (value % divisor) * 2n;
  const roundUp = twiceRest > divisor || (twiceRest === divisor && quotient % 2n === 1n);
  return roundUp ? quotient + 1n : quotient;
}

/**
 * USD as decimal text (`0.000495`, `1e-7`, `-0.5`) to {@link Pico}. Beyond 12 decimals it rounds half to
 * even: the wire's `1.9900499999999998e-05` is a float's spelling of `0.00001990050`. `undefined` for
 * anything that is no number, or too large for the ledger (9.2 million USD).
 */
export function parsePico(text: string): Pico | undefined {
  const pico = parseFixed(text, picoDecimals);
  return pico !== undefined && pico >= -maxPico && pico <= maxPico ? pico : undefined;
}

/** The shortest exact decimal text, without exponent: `0.000495`, `3`, `-0.5`. */
export function formatPico(pico: Pico): string {
  return formatFixed(pico, picoDecimals);
}

/** An integer count of 10⁻ᵈ, where d is `decimals`, as the shortest exact decimal text. */
export function formatFixed(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - decimals);
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** With the currency sign and every digit: `$0.000495`, `-$0.5`, `$0`. */
export function displayUsd(pico: Pico): string {
  return pico < 0n ? `-$${formatPico(-pico)}` : `$${formatPico(pico)}`;
}

/**
 * Short enough for the status bar: cents from 10 cents up (`$0.42`, `$12.50`), two significant digits
 * below (`$0.042`, `$0.0005`), `<$0.0001` below that. Exactly zero is `$0`, and nothing else ever is.
 */
export function compactUsd(pico: Pico): string {
  if (pico < 0n) return `-${compactUsd(-pico)}`;
  if (pico === 0n) return '$0';
  if (pico < parseUsd('0.0001')) return '<$0.0001';
  const decimals = compactDecimals(pico);
  const unit = 10n ** BigInt(picoDecimals - decimals);
  const [whole, fraction = ''] = formatPico(divideHalfEven(pico, unit) * unit).split('.');
  return `$${whole}.${fraction.padEnd(2, '0')}`;
}

function compactDecimals(pico: Pico): number {
  if (pico >= parseUsd('0.1')) return 2;
  if (pico >= parseUsd('0.01')) return 3;
  return pico >= parseUsd('0.001') ? 4 : 5;
}

/** {@link parsePico} for text of our own, which is known to be a number. */
function parseUsd(text: string): Pico {
  return parsePico(text) ?? 0n;
}
