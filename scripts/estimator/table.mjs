// The fitted table as source text.
import { writeFormatted } from './format.mjs';

const file = 'src/core/money/tokens/tokenTable.ts';
const largestBytes = 12 * 1024;

/** @typedef {import('./estimatorCode.mjs').EstimatorCode} EstimatorCode */
/** @typedef {import('../../src/core/money/tokens/codec.js').NumberFormat} NumberFormat */

/**
 * @param {Readonly<Record<string, { spread: number, weights: Float64Array }>>} models
 * @param {number} spreadOfOthers
 * @param {Readonly<Record<string, Float64Array>>} hashed
 * @param {EstimatorCode} code
 */
export async function writeTable(models, spreadOfOthers, hashed, { weightFormat, entryFormat, digits }) {
  const lines = [
    '/** Made by `node scripts/run.mjs estimator`; README.md beside it says what it means. */',
    'export const tokenTable = {',
    '  families: {',
    ...Object.entries(models).flatMap(([family, { spread, weights }]) => [
      `    ${family}: {`,
      `      spread: ${upwards(spread)},`,
      `      weights: '${toDigits(weights, weightFormat, digits)}',`,
      '    },',
    ]),
    '  },',
    `  spreadOfOthers: ${upwards(spreadOfOthers)},`,
    ...Object.entries(hashed).map(
      ([part, entries]) => `  ${part}: '${toDigits(entries, entryFormat, digits)}',`,
    ),
    '} as const;',
    '',
  ];
  const text = lines.join('\n');
  if (text.length > largestBytes)
    throw new Error(`The table has ${text.length} bytes: at most ${largestBytes}.`);
  await writeFormatted(file, text);
}

/** @param {number} share */
const upwards = share => Math.ceil(share * 100) / 100;

/** The nearest numbers that the table can hold. @param {Float64Array} values @param {NumberFormat} format @param {string} digits */
export function toTableNumbers(values, format, digits) {
  return values.map(value => (toWritten(value, format, digits) - format.zero) * format.step);
}

/** @param {number} value @param {NumberFormat} format @param {string} digits */
function toWritten(value, { zero, step, length }, digits) {
  return Math.max(0, Math.min(digits.length ** length - 1, Math.round(value / step) + zero));
}

/** @param {Float64Array} values @param {NumberFormat} format @param {string} digits */
function toDigits(values, format, digits) {
  return [...values]
    .map(value => {
      const written = toWritten(value, format, digits);
      const places = Array.from({ length: format.length }, (_, place) =>
        Math.floor(written / digits.length ** place),
      );
      return places
        .map(place => digits[place % digits.length])
        .reverse()
        .join('');
    })
    .join('');
}
