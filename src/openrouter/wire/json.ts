/** Permissive reading of JSON whose shape a server may change unannounced: `null`, absent and wrong are alike. */
export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is something else. */
export function toRecord(value: unknown): Json {
  return isRecord(value) ? value : {};
}

export function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a non-empty string. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Text or a number as text; empty for anything else, which may not even be turned into text without throwing. */
export function toScalarText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** No count of tokens, milliseconds or seconds of ours comes near this. */
const largestCount = 2 ** 40;

/** The value when it is a whole number from 0 to 2⁴⁰: everything else is no count of anything. */
export function toCount(value: unknown): number | undefined {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= largestCount
    ? Number(value)
    : undefined;
}

/** {@link toCount} of something that cannot be none: 0 and -1 are ways to say that there is no limit. */
export function toLimit(value: unknown): number | undefined {
  return toCount(value) || undefined;
}

export function toBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function toTexts(value: unknown): readonly string[] {
  return toList(value).filter((item): item is string => typeof item === 'string');
}

/** The parsed text, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // "Not JSON" is an answer here, told apart from every JSON value by `undefined`.
    return undefined;
  }
}

/** The object without its undefined fields: lighter on its way, and equal to one that never had them. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
