import * as v from 'valibot';
import { parameterRows, type RequestParameters, requestParametersSchema } from './requestParameters';

/** Those that a user may name, by their names on the wire: the others have settings of their own. */
export const settable = [
  'maxTokens',
  'reasoningEffort',
  'serviceTier',
  'temperature',
  'topP',
  'topK',
  'minP',
  'topA',
  'frequencyPenalty',
  'presencePenalty',
  'repetitionPenalty',
  'seed',
  'stop',
] as const satisfies readonly (keyof RequestParameters)[];

export type Settable = (typeof settable)[number];

export type ParameterChoice = Partial<Pick<RequestParameters, Settable>>;

export interface ReadParameters {
  readonly parameters: ParameterChoice;
  /** Fields that are not sent, because they are unknown or their value cannot be used; by their names as typed. */
  readonly unusable: readonly string[];
}

const byWireName = new Map<string, Settable>(settable.map(name => [parameterRows[name].wireName, name]));

/**
 * Parameters as a settings file or the head of a prompt file has them: an object with the names of the wire, such as
 * `{ "temperature": 0.2, "top_p": 0.9, "reasoning": { "effort": "low" } }`. Every field is checked by itself.
 */
export function readParameters(value: unknown): ReadParameters {
  const parameters: Partial<Record<Settable, unknown>> = {};
  const unusable: string[] = [];
  for (const [wireName, field] of flatten(value)) {
    const name = byWireName.get(wireName);
    const parsed = name && v.safeParse(requestParametersSchema.entries[name], field);
    if (field === null || field === undefined) continue;
    if (name && parsed?.success && isUsable(name, parsed.output)) parameters[name] = parsed.output;
    else unusable.push(wireName);
  }
  return { parameters: parameters as ParameterChoice, unusable };
}

/** The most tokens that a limit may have: more than any model writes. */
export const mostTokens = 10_000_000;

/** The schema that kept conversations are read by is lenient about the limit. */
function isUsable(name: Settable, value: unknown): boolean {
  if (name !== 'maxTokens') return true;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= mostTokens;
}

/** `reasoning.effort` for what stands in `reasoning`; a word alone is its effort, as `reasoning_effort` is. */
function flatten(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, field]): readonly (readonly [string, unknown])[] => {
    if (name === 'reasoning_effort' || (name === 'reasoning' && typeof field === 'string'))
      return [['reasoning.effort', field]];
    if (name !== 'reasoning' || typeof field !== 'object' || field === null) return [[name, field]];
    return Object.entries(field).map(([inner, innerField]) => [`reasoning.${inner}`, innerField] as const);
  });
}
