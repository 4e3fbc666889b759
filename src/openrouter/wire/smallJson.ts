import { isRecord } from './json';

/** No honest error has longer texts, longer lists, more fields or deeper ones. */
const longestText = 16_000;
const mostItems = 20;
const mostFields = 50;
const deepest = 12;

/**
 * A copy of a value from JSON that is small enough for any pattern to run over its texts: what is beyond the
 * bounds is left out. `clean` sees every text first, whole or cut at its given length.
 */
export function toSmallJson(
  value: unknown,
  clean: (text: string, longest: number) => string,
  depth = 0,
): unknown {
  if (typeof value === 'string') return clean(value, longestText);
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) {
    return value.slice(0, mostItems).map(item => toSmallJson(item, clean, depth + 1));
  }
  if (!isRecord(value)) return value;
  const fields: [string, unknown][] = [];
  for (const field of Object.keys(value)) {
    if (fields.length >= mostFields) break;
    fields.push([clean(field, longestText), toSmallJson(value[field], clean, depth + 1)]);
  }
  return Object.fromEntries(fields);
}
