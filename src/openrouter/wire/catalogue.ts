import { isBatchId } from '../../core/chat/modelSuffix';
import type {
  EndpointFigures,
  Model,
  ModelEndpoint,
  Preset,
  SkippedRow,
  ZeroRetentionEndpoint,
} from '../../core/models/model';
import type { Pricing } from '../../core/money/pricing';
import { toDate } from './date';
import {
  compact,
  isRecord,
  type Json,
  toBoolean,
  toCount,
  toLimit,
  toList,
  toRecord,
  toText,
  toTexts,
} from './json';
import { toBenchmarks, toDefaultParameters, toReasoning } from './modelFacts';
import { toPricing } from './prices';

/** In characters; no honest name or description comes near them. */
const longestName = 300;
const longestDescription = 20_000;

/** A page of a list: usually the whole. */
export interface CataloguePage {
  readonly rows: readonly unknown[];
  /** The query of the next page's address; undefined on the last one. */
  readonly nextQuery?: string;
}

/** The body of `GET /models`; undefined when it is no catalogue. */
export function parsePage(body: unknown): CataloguePage | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  const next = toText(toRecord(body.links).next);
  const query = next?.includes('?') ? next.slice(next.indexOf('?') + 1) : undefined;
  return compact({ rows: toList(body.data), nextQuery: query });
}

/** The models in the body of `GET /models`, as {@link parseRows} reads them; undefined when it is no catalogue. */
export function parseCatalogue(
  body: unknown,
  onSkip?: (row: SkippedRow) => void,
): readonly Model[] | undefined {
  const page = parsePage(body);
  return page && parseRows(page.rows, onSkip);
}

/** The models that can answer, each once. A row that is of no use is left out, never the list. */
export function parseRows(
  rows: readonly unknown[],
  onSkip: (row: SkippedRow) => void = () => undefined,
): readonly Model[] {
  const models = new Map<string, Model>();
  for (const entry of rows) {
    const id = idOf(entry);
    const reason = uselessness(id);
    if (id === undefined || reason !== undefined) {
      onSkip(compact({ id: id?.slice(0, longestName), reason: reason ?? 'it has no id' }));
      continue;
    }
    const model = toModel(id, toRecord(entry));
    const other = models.get(id);
    if (other) onSkip({ id, reason: 'it is listed twice, and the dearer row counts' });
    models.set(id, other && isDearer(other, model) ? other : model);
  }
  return [...models.values()];
}

/** The presets that can be used, in the body of `GET /presets`; undefined when it is no such list. */
export function parsePresets(body: unknown): readonly Preset[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  return toList(body.data)
    .map(toRecord)
    .filter(({ status }) => status === undefined || status === null || status === 'active')
    .flatMap(entry => {
      const slug = toText(entry.slug)?.trim() ?? '';
      const name = toText(entry.name)?.slice(0, longestName);
      return /^[\w.-]{1,100}$/.test(slug) ? [compact({ slug, name })] : [];
    });
}

const idOf = (entry: unknown): string | undefined => toText(toRecord(entry).id)?.trim() || undefined;

/** Why no model can be asked by `id`; undefined when one can. */
function uselessness(id: string | undefined): string | undefined {
  if (id === undefined) return 'it has no id';
  if (id.length > longestName) return 'its id is too long';
  return isBatchId(id) ? 'it takes batches only' : undefined;
}

/** Who serves a model, in the body of `GET /models/:author/:slug/endpoints`; undefined when it is no such list. */
export function parseEndpoints(body: unknown): readonly ModelEndpoint[] | undefined {
  const { endpoints } = toRecord(toRecord(body).data);
  if (!Array.isArray(endpoints)) return undefined;
  return toList(endpoints)
    .filter(isRecord)
    .map(entry =>
      compact({
        provider: toText(entry.provider_name)?.slice(0, longestName),
        tag: toText(entry.tag)?.slice(0, longestName),
        pricing: toPricing(toRecord(entry.pricing)),
        serviceTier: toTier(entry),
        quantization: toText(entry.quantization)?.slice(0, longestName),
        supportedParameters: Array.isArray(entry.supported_parameters)
          ? toTexts(entry.supported_parameters)
          : undefined,
        live: toLive(entry),
      }),
    );
}

/** Named by a field of its own, or behind the slash of the tag; undefined for the standard tier. */
function toTier({ service_tier, tag }: Json): string | undefined {
  const named = toText(service_tier)?.slice(0, longestName);
  if (named !== undefined) return standardTiers.has(named) ? undefined : named;
  return /\/(flex|priority)$/.exec(toText(tag) ?? '')?.[1];
}

const standardTiers: ReadonlySet<string> = new Set(['default', 'standard', '']);

/** Undefined when it tells none of them. */
function toLive(entry: Json): EndpointFigures | undefined {
  const live = compact({
    contextTokens: toLimit(entry.context_length),
    uptimePercent: toFigure(entry.uptime_last_1d, 100),
    latencyMs: toFigure(toRecord(entry.latency_last_30m).p50, 3_600_000),
    tokensPerSecond: toFigure(toRecord(entry.throughput_last_30m).p50, 1_000_000),
  });
  return Object.keys(live).length > 0 ? live : undefined;
}

/** A figure that can be true. */
function toFigure(value: unknown, most: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}

/** The body of `GET /endpoints/zdr`; undefined when it is no list. */
export function parseZeroRetention(body: unknown): readonly ZeroRetentionEndpoint[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  return toList(body.data)
    .map(toRecord)
    .flatMap(entry => {
      const model = toText(entry.model_id)?.slice(0, longestName);
      const provider = toText(entry.provider_name)?.slice(0, longestName);
      return model === undefined
        ? []
        : [compact({ model, provider, tag: toText(entry.tag)?.slice(0, longestName) })];
    });
}

/** Of two entries with one id nobody knows which is billed: the dearer one is never a surprise. */
function isDearer(one: Model, other: Model): boolean {
  return priceSum(one.pricing) >= priceSum(other.pricing);
}

/** A price that varies or is not named can be any. */
function priceSum({ prompt, completion, request = '0' }: Pricing): number {
  const prices = [prompt, completion, request].map(price => Number(price ?? -1));
  return prices.some(price => price < 0)
    ? Number.POSITIVE_INFINITY
    : prices.reduce((sum, price) => sum + price, 0);
}

function toModel(id: string, entry: Json): Model {
  const architecture = toRecord(entry.architecture);
  const provider = toRecord(entry.top_provider);
  return compact({
    id,
    name: toText(entry.name)?.slice(0, longestName) ?? id,
    canonicalSlug: toText(entry.canonical_slug),
    createdAtSeconds: toCount(entry.created),
    description: toText(entry.description)?.slice(0, longestDescription),
    contextTokens: smaller(toLimit(entry.context_length), toLimit(provider.context_length)),
    maxCompletionTokens: toLimit(provider.max_completion_tokens),
    pricing: toPricing(toRecord(entry.pricing)),
    inputModalities: toTexts(architecture.input_modalities),
    outputModalities: toTexts(architecture.output_modalities),
    supportedParameters: toTexts(entry.supported_parameters),
    expirationDate: toDate(entry.expiration_date),
    tokenizer: toText(architecture.tokenizer),
    modality: toText(architecture.modality)?.slice(0, longestName),
    reasoning: toReasoning(entry.reasoning),
    defaultParameters: toDefaultParameters(entry.default_parameters),
    benchmarks: toBenchmarks(entry.benchmarks),
    huggingFaceId: toText(entry.hugging_face_id)?.slice(0, longestName),
    knowledgeCutoff: toText(entry.knowledge_cutoff)?.slice(0, longestName),
    isModerated: toBoolean(provider.is_moderated),
  });
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
