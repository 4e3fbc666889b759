/** Digits of the numbers in the table: printable ASCII without quotes and the backslash. */
export const digits = [...Array(0x7f).keys()]
  .filter(code => code > 0x22 && code !== 0x27 && code !== 0x5c && code !== 0x60)
  .map(code => String.fromCharCode(code))
  .join('');

/** A kind of number in the table: `(number written − zero) × step`, in so many digits. */
export interface NumberFormat {
  readonly length: number;
  readonly zero: number;
  readonly step: number;
}

export const weightFormat: NumberFormat = { length: 2, zero: 2640, step: 0.001 };
export const entryFormat: NumberFormat = { length: 1, zero: 44, step: 0.05 };

export function readNumbers(text: string, { length, zero, step }: NumberFormat): Float64Array {
  const values = new Float64Array(text.length / length);
  for (let index = 0; index < values.length; index++) {
    let written = 0;
    for (const digit of text.slice(index * length, (index + 1) * length)) {
      written = written * digits.length + digits.indexOf(digit);
    }
    values[index] = (written - zero) * step;
  }
  return values;
}
