import * as v from 'valibot';

export const text = v.optional(v.string());
export const number = v.optional(v.number());
export const flag = v.optional(v.boolean());

/** A closed set of words; the record makes forgetting one a type error. */
export function words<Word extends string>(record: Readonly<Record<Word, true>>) {
  return v.picklist(Object.keys(record) as Word[]);
}
