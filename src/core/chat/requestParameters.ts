import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import { formatCount } from '../base/formatCount';
import { describeMaxPrice, type MaxPrice } from '../money/maxPrice';
import { describeProviderRules, providerRulesSchema } from './providerRules';

export const maxPriceSchema = v.object({
  prompt: v.string(),
  completion: v.string(),
  request: v.string(),
  image: v.optional(v.string()),
} satisfies FieldSchemas<MaxPrice>);

export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type ReasoningEffort = (typeof reasoningEfforts)[number];

export const serviceTiers = ['auto', 'default', 'flex', 'priority', 'scale', 'fast'] as const;
export type ServiceTier = (typeof serviceTiers)[number];

const between = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));
const stopText = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const modelId = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300));

/** As they are kept on disk, too. */
export const requestParametersSchema = v.object({
  /** OpenRouter model id, with any variant suffix (`vendor/name:free`). */
  model: v.string(),
  /** Upper bound of the answer in tokens, reasoning included. Always sent. */
  maxTokens: v.number(),
  /** No endpoint serves the request that asks for more. Set where a spending limit is, or the user allowed a price. */
  maxPrice: v.optional(maxPriceSchema),
  /** Asked in this order when `model` fails. */
  fallbackModels: v.optional(v.pipe(v.array(modelId), v.maxLength(10))),
  reasoningEffort: v.optional(v.picklist(reasoningEfforts)),
  serviceTier: v.optional(v.picklist(serviceTiers)),
  temperature: v.optional(between(0, 2)),
  topP: v.optional(between(0, 1)),
  topK: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  minP: v.optional(between(0, 1)),
  topA: v.optional(between(0, 1)),
  frequencyPenalty: v.optional(between(-2, 2)),
  presencePenalty: v.optional(between(-2, 2)),
  repetitionPenalty: v.optional(between(0, 2)),
  seed: v.optional(v.pipe(v.number(), v.safeInteger())),
  stop: v.optional(v.union([stopText, v.pipe(v.array(stopText), v.minLength(1), v.maxLength(4))])),
  /** Which providers may serve it. */
  provider: v.optional(providerRulesSchema),
});

/**
 * How a request is to be answered: what settings, actions and the panel can say about it. This one object goes
 * from the settings through the request to the wire and to what the panel shows under "Sent".
 */
export type RequestParameters = Readonly<v.InferOutput<typeof requestParametersSchema>>;

interface ParameterRow {
  /** The field's name in the body of `/chat/completions`; behind a dot one in an object of the body. */
  readonly wireName: string;
  /** How "Sent" says it when it is set. */
  readonly describe: (parameters: RequestParameters) => string;
}

const named = (wireName: string, name: keyof RequestParameters, words: string): ParameterRow => ({
  wireName,
  describe: parameters => `${words} ${String(parameters[name])}`,
});

/** One row for each parameter, in the order in which "Sent" shows them: all that a new one needs here. */
export const parameterRows: { readonly [P in keyof RequestParameters]-?: ParameterRow } = {
  model: { wireName: 'model', describe: ({ model }) => `to ${model}` },
  maxTokens: {
    wireName: 'max_tokens',
    describe: ({ maxTokens }) => `at most ${formatCount(maxTokens)} tokens of answer`,
  },
  maxPrice: {
    wireName: 'provider.max_price',
    describe: ({ maxPrice }) => (maxPrice ? `to providers of at most ${describeMaxPrice(maxPrice)}` : ''),
  },
  fallbackModels: {
    wireName: 'models',
    describe: ({ fallbackModels = [] }) => `when that fails to ${fallbackModels.join(', ')}`,
  },
  reasoningEffort: named('reasoning.effort', 'reasoningEffort', 'reasoning effort'),
  serviceTier: named('service_tier', 'serviceTier', 'service tier'),
  temperature: named('temperature', 'temperature', 'temperature'),
  topP: named('top_p', 'topP', 'top_p'),
  topK: named('top_k', 'topK', 'top_k'),
  minP: named('min_p', 'minP', 'min_p'),
  topA: named('top_a', 'topA', 'top_a'),
  frequencyPenalty: named('frequency_penalty', 'frequencyPenalty', 'frequency penalty'),
  presencePenalty: named('presence_penalty', 'presencePenalty', 'presence penalty'),
  repetitionPenalty: named('repetition_penalty', 'repetitionPenalty', 'repetition penalty'),
  seed: named('seed', 'seed', 'seed'),
  stop: { wireName: 'stop', describe: ({ stop }) => `stops at ${JSON.stringify(stop)}` },
  provider: {
    wireName: 'provider',
    describe: ({ provider = {} }) => describeProviderRules(provider).join(', '),
  },
};

const namesOfSet = (parameters: Partial<RequestParameters>): readonly (keyof RequestParameters)[] =>
  (Object.keys(parameterRows) as (keyof RequestParameters)[]).filter(name => parameters[name] !== undefined);

/** The parameters as fields of the request's body; those that are not set are left out. */
export function toWireFields(parameters: Partial<RequestParameters>): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const name of namesOfSet(parameters)) {
    const [field = '', inner] = parameterRows[name].wireName.split('.');
    const value = inner === undefined ? parameters[name] : { [inner]: parameters[name] };
    body[field] = isObject(body[field]) && isObject(value) ? { ...value, ...body[field] } : value;
  }
  return body;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The parameters in words, one phrase each. */
export function describeParameters(parameters: RequestParameters): readonly string[] {
  return namesOfSet(parameters)
    .map(name => parameterRows[name].describe(parameters))
    .filter(phrase => phrase !== '');
}
