import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import { describeMaxPrice, type MaxPrice } from '../money/maxPrice';

export const maxPriceSchema = v.object({
  prompt: v.string(),
  completion: v.string(),
  request: v.string(),
  image: v.optional(v.string()),
} satisfies FieldSchemas<MaxPrice>);

/** As they are kept on disk, too. */
export const requestParametersSchema = v.object({
  /** OpenRouter model id, with any variant suffix (`vendor/name:free`). */
  model: v.string(),
  /** Upper bound of the answer in tokens, reasoning included. Always sent. */
  maxTokens: v.number(),
  /** No endpoint serves the request that asks for more. Set where a spending limit is, or the user allowed a price. */
  maxPrice: v.optional(maxPriceSchema),
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

/** One row for each parameter, in the order in which "Sent" shows them: all that a new one needs here. */
const rows: { readonly [P in keyof RequestParameters]-?: ParameterRow } = {
  model: { wireName: 'model', describe: ({ model }) => `to ${model}` },
  maxTokens: {
    wireName: 'max_tokens',
    describe: ({ maxTokens }) => `at most ${maxTokens.toLocaleString('en-US')} tokens of answer`,
  },
  maxPrice: {
    wireName: 'provider.max_price',
    describe: ({ maxPrice }) => (maxPrice ? `to providers of at most ${describeMaxPrice(maxPrice)}` : ''),
  },
};

const namesOfSet = (parameters: RequestParameters): readonly (keyof RequestParameters)[] =>
  (Object.keys(rows) as (keyof RequestParameters)[]).filter(name => parameters[name] !== undefined);

/** The parameters as fields of the request's body; those that are not set are left out. */
export function toWireFields(parameters: RequestParameters): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const name of namesOfSet(parameters)) {
    const [field = '', inner] = rows[name].wireName.split('.');
    body[field] =
      inner === undefined ? parameters[name] : { ...toObject(body[field]), [inner]: parameters[name] };
  }
  return body;
}

const toObject = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

/** The parameters in words, one phrase each. */
export function describeParameters(parameters: RequestParameters): readonly string[] {
  return namesOfSet(parameters).map(name => rows[name].describe(parameters));
}
