import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import { isBatchId } from '../chat/modelSuffix';
import { pricingSchema } from '../money/pricingSchema';
import type { ArenaScore, Model, ModelBenchmarks, ModelReasoning } from './model';

const text = v.optional(v.string());
const count = v.optional(v.number());
const flag = v.optional(v.boolean());

const reasoning = v.object({
  isMandatory: v.boolean(),
  isDefaultOn: flag,
  efforts: v.optional(v.union([v.array(v.string()), v.literal('any')])),
  defaultEffort: text,
  takesMaxTokens: flag,
} satisfies FieldSchemas<ModelReasoning>);

const arenaScore = v.object({
  arena: v.string(),
  category: v.string(),
  elo: v.number(),
  winRate: count,
  rank: count,
} satisfies FieldSchemas<ArenaScore>);

const benchmarks = v.object({
  intelligenceIndex: count,
  codingIndex: count,
  agenticIndex: count,
  designArena: v.optional(v.array(arenaScore)),
} satisfies FieldSchemas<ModelBenchmarks>);

const model: v.GenericSchema<unknown, Model> = v.object({
  id: v.string(),
  name: v.string(),
  canonicalSlug: text,
  createdAtSeconds: count,
  description: text,
  contextTokens: count,
  maxCompletionTokens: count,
  pricing: pricingSchema,
  inputModalities: v.array(v.string()),
  outputModalities: v.array(v.string()),
  supportedParameters: v.array(v.string()),
  expirationDate: text,
  tokenizer: text,
  modality: text,
  reasoning: v.optional(reasoning),
  defaultParameters: v.optional(v.record(v.string(), v.number())),
  benchmarks: v.optional(benchmarks),
  huggingFaceId: text,
  knowledgeCutoff: text,
  isModerated: flag,
} satisfies FieldSchemas<Model>);

const cachedModels = v.object({
  baseUrl: v.string(),
  /** Epoch ms. */
  fetchedAtMs: v.number(),
  models: v.pipe(
    v.array(model),
    // Version 0.1.0 kept rows that cannot answer.
    v.filterItems(({ id }) => !isBatchId(id)),
    v.readonly(),
  ),
});

/** A list of models as one server gave it. Plain JSON: it is kept on disk. */
export type CachedModels = Readonly<v.InferOutput<typeof cachedModels>>;

/** What a file says; undefined when it is damaged or of another version: the list can be fetched again. */
export function parseCachedModels(json: string): CachedModels | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), cachedModels), json);
  return parsed.success ? parsed.output : undefined;
}
