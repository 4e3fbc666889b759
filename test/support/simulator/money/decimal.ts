/** Money in here is integers of 10⁻¹² USD; floats appear only where the wire has JSON numbers. */
const digits = 12;

/** Decimal text (no exponent) to an integer of 10^-`scale`; further digits must be zero. */
export function parseDecimal(text: string, scale: number = digits): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`Not a decimal number: ${text}`);
  const [, sign = '', whole = '0', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(scale))) throw new Error(`More than ${scale} decimals: ${text}`);
  const value = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return sign === '-' ? -value : value;
}

/** 10⁻¹² USD to decimal text without exponent and without trailing zeros. */
export const formatPico = (pico: bigint): string => formatDecimal(pico, digits);

/** An integer of 10^-`scale` to decimal text without exponent and without trailing zeros. */
export function formatDecimal(value: bigint, scale: number): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const unit = 10n ** BigInt(scale);
  const fraction = (size % unit).toString().padStart(scale, '0').replace(/0+$/, '');
  return `${sign}${size / unit}${fraction ? `.${fraction}` : ''}`;
}

/** The double OpenRouter would write: `JSON.stringify` may show it with an exponent, as the real one does. */
export const toWireNumber = (pico: bigint): number => Number(formatPico(pico));

/** A JSON number as it came, e.g. `6e-7`, to 10⁻¹² USD. */
export function fromWireNumber(value: number): bigint {
  return parseDecimal(value.toFixed(digits));
}
