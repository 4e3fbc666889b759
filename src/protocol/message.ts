import * as v from 'valibot';

/** The schema of one message: an object with that `type` and these fields. */
export function message<Type extends string, Fields extends v.ObjectEntries>(type: Type, fields: Fields) {
  return v.object({ type: v.literal(type), ...fields });
}

/** What messages of a schema are in TypeScript. */
export type MessageOf<Schema extends v.GenericSchema> = Readonly<v.InferOutput<Schema>>;

/** The check that belongs to a schema. Never throws. */
export function createGuard<Schema extends v.GenericSchema>(schema: Schema) {
  return (value: unknown): value is MessageOf<Schema> => v.is(schema, value);
}

/** One of the keys of `labels`. */
export function keyOf<Key extends string>(labels: Readonly<Record<Key, unknown>>) {
  return v.custom<Key>(value => typeof value === 'string' && Object.hasOwn(labels, value));
}

/** A whole number, 0 or more. */
export function count() {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(0));
}

/** An object with no other fields than these. (To valibot alone, an empty list is an object too.) */
export function onlyFields<Fields extends v.ObjectEntries>(fields: Fields) {
  return v.pipe(v.custom<object>(isObject), v.strictObject(fields));
}

/**
 * A large value that only the host makes, such as a conversation: an object that has `parts`. The rest is not
 * checked: it is our own, and looking through all of it would slow a fast stream down.
 */
export function hostObject<T extends object>(...parts: readonly (keyof T & string)[]) {
  return v.custom<T>(value => isObject(value) && parts.every(part => isPart(value[part])));
}

/** A list of values that only the host makes; see {@link hostObject}. */
export function hostList<T extends object>() {
  return v.custom<readonly T[]>(value => Array.isArray(value) && value.every(isObject));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isPart(value) && !Array.isArray(value);
}

/** An object or a list. */
function isPart(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
