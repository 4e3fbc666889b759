import { providerNamed } from './providers';
import type {
  CatalogueModel,
  Endpoint,
  WireBenchmarks,
  WireModel,
  WirePricing,
  WireReasoning,
} from './wireModel';

/** A model in shorthand; {@link toCatalogueModel} spells it out as `GET /models` does. */
export interface Row {
  readonly id: string;
  readonly name: string;
  /** Of the dated slug; the same as `id` if absent. */
  readonly canonical?: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly about: string;
  readonly context: number;
  /** Of the top provider, when it is less than the model's. */
  readonly providerContext?: number | null;
  readonly maxOutput: number | null;
  readonly pricing: WirePricing;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly tokenizer: string;
  readonly parameters?: readonly string[];
  readonly reasoning?: WireReasoning;
  readonly moderated?: boolean;
  readonly expires?: string;
  readonly cutoff?: string;
  readonly huggingFace?: string;
  readonly alias?: { readonly name: string; readonly slug: string };
  readonly benchmarks?: WireBenchmarks;
  /** Display names, or what is particular about the endpoint. */
  readonly providers: readonly (string | EndpointRow)[];
}

/** An endpoint in shorthand; what is absent is as the model says. */
export interface EndpointRow extends Partial<Omit<Endpoint, 'pricing'>> {
  readonly provider: string;
  readonly pricing?: Partial<WirePricing>;
}

const basics = ['max_tokens', 'temperature', 'top_p', 'stop', 'seed', 'response_format'];
const withTools = [...basics, 'structured_outputs', 'tool_choice', 'tools'];
const reasoningParameters = ['include_reasoning', 'reasoning', 'reasoning_effort'];

export function toCatalogueModel(row: Row): CatalogueModel {
  const canonical = row.canonical ?? row.id.replace(/:(free|batch)$/, '');
  const wire: WireModel = {
    id: row.id,
    canonical_slug: canonical,
    hugging_face_id: row.huggingFace ?? null,
    name: row.name,
    created: row.created,
    description: row.about,
    context_length: row.context,
    architecture: architecture(row),
    pricing: row.pricing,
    top_provider: {
      context_length: row.providerContext === undefined ? row.context : row.providerContext,
      max_completion_tokens: row.maxOutput,
      is_moderated: row.moderated ?? false,
    },
    per_request_limits: null,
    supported_parameters: [
      ...(row.parameters ?? withTools),
      ...(row.reasoning ? reasoningParameters : []),
    ].sort(),
    default_parameters: row.reasoning ? { temperature: null, top_p: null, frequency_penalty: null } : {},
    supported_voices: null,
    knowledge_cutoff: row.cutoff ?? null,
    expiration_date: row.expires ?? null,
    ...(row.reasoning && { reasoning: row.reasoning }),
    ...(row.benchmarks && { benchmarks: row.benchmarks }),
    ...(row.alias && { alias_target: row.alias }),
    links: { details: `/api/v1/models/${canonical}/endpoints` },
  };
  const endpoints = row.providers.map(offer =>
    toEndpoint(row, typeof offer === 'string' ? { provider: offer } : offer),
  );
  return { wire, endpoints };
}

function toEndpoint(row: Row, offer: EndpointRow): Endpoint {
  return {
    tag: providerNamed(offer.provider).slug,
    context: row.providerContext ?? row.context,
    maxOutput: row.maxOutput,
    quantization: null,
    ...offer,
    pricing: { ...row.pricing, ...offer.pricing },
  };
}

function architecture(row: Row): WireModel['architecture'] {
  const inputs = row.inputs ?? ['text'];
  const outputs = row.outputs ?? ['text'];
  return {
    modality: `${inputs.join('+')}->${outputs.join('+')}`,
    input_modalities: inputs,
    output_modalities: outputs,
    tokenizer: row.tokenizer,
    instruct_type: null,
  };
}
