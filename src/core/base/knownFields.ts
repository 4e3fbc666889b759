/** `value` without the fields that are `undefined`, so that spreading it overwrites nothing with them. */
export function knownFields<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>;
}
