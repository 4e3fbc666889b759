import type { GenericSchema } from 'valibot';

/** A schema for each field of `T`: one that is forgotten, or allows what `T` does not, is a type error. */
export type FieldSchemas<T> = { readonly [Name in keyof T]-?: GenericSchema<unknown, T[Name]> };
