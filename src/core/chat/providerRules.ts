import * as v from 'valibot';

/** Slugs of providers: `anthropic`, or with a variant behind a slash, `google-vertex/europe`. */
const slugs = v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)));
const flag = v.boolean();
/** A number, or one for each percentile. */
const preference = v.union([
  v.pipe(v.number(), v.minValue(0)),
  v.partial(v.object({ p50: v.number(), p75: v.number(), p90: v.number(), p99: v.number() })),
]);
const sortWord = v.picklist(['price', 'throughput', 'latency', 'exacto']);

/**
 * The fields of the request's `provider` object that a user may set, by their names on the wire. `max_price` is not
 * among them: it follows from the spending limits.
 */
const fields = {
  order: slugs,
  only: slugs,
  ignore: slugs,
  allow_fallbacks: flag,
  require_parameters: flag,
  data_collection: v.picklist(['allow', 'deny']),
  zdr: flag,
  enforce_distillable_text: flag,
  quantizations: v.array(
    v.picklist([
      'int4',
      'int8',
      'fp4',
      'mxfp4',
      'nvfp4',
      'fp6',
      'fp8',
      'mxfp8',
      'fp16',
      'bf16',
      'fp32',
      'unknown',
    ]),
  ),
  sort: v.union([sortWord, v.object({ by: sortWord, partition: v.optional(v.picklist(['model', 'none'])) })]),
  preferred_min_throughput: preference,
  preferred_max_latency: preference,
} as const;

export const providerRulesSchema = v.partial(v.object(fields));

/** Which providers may serve a request, and which are tried first. */
export type ProviderRules = Readonly<v.InferOutput<typeof providerRulesSchema>>;

export interface ReadRules {
  /** Undefined when none is set. */
  readonly rules: ProviderRules | undefined;
  /** Fields that are not sent, because they are unknown or their value cannot be used. */
  readonly unusable: readonly string[];
}

/** Rules as a settings file has them; every field is checked by itself. */
export function readProviderRules(value: unknown): ReadRules {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const set = entries.filter(([, field]) => field !== null);
  const usable = set.filter(([name, field]) => v.is(v.partial(v.strictObject(fields)), { [name]: field }));
  const rules = v.parse(providerRulesSchema, Object.fromEntries(usable));
  return {
    rules: usable.length > 0 ? rules : undefined,
    unusable: set.filter(entry => !usable.includes(entry)).map(([name]) => name),
  };
}

/** The rules in words, one phrase each; those that change nothing are left out. */
export function describeProviderRules(rules: ProviderRules): readonly string[] {
  const { order, only, ignore, quantizations, sort } = rules;
  const by = typeof sort === 'string' ? sort : sort?.by;
  return [
    only && `only through ${list(only)}`,
    order && `first through ${list(order)}`,
    ignore && `not through ${list(ignore)}`,
    rules.allow_fallbacks === false && 'through no other provider',
    rules.data_collection === 'deny' && 'to no provider that trains on prompts or keeps them',
    rules.zdr && 'with zero data retention',
    rules.require_parameters && 'to providers that support every parameter',
    rules.enforce_distillable_text && 'to models whose text may be distilled',
    quantizations && `quantized as ${list(quantizations)}`,
    by && `providers sorted by ${by}`,
    rules.preferred_min_throughput !== undefined && 'preferably fast ones',
    rules.preferred_max_latency !== undefined && 'preferably quick to begin',
  ].filter((phrase): phrase is string => typeof phrase === 'string');
}

const list = (words: readonly string[]): string => words.join(', ');
