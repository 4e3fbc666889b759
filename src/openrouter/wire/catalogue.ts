import { isBatchId } from '../../core/chat/modelSuffix';
import type { Model, ModelEndpoint, SkippedRow, ZeroRetentionEndpoint } from '../../core/models/model';
import type { PriceOverride, Pricing } from '../../core/money/pricing';
import { toDate } from './date';
import { toPrice } from './decimal';
import {
  compact,
  isRecord,
  type Json,
  toCount,
  toLimit,
  toList,
  toRecord,
  toScalarText,
  toText,
  toTexts,
} from './json';

/** In characters; no honest name or description comes near them. */
const longestName = 300;
const longestDescription = 20_000;

/**
 * The models in the body of `GET /models` that can answer, each once; undefined when it is no catalogue. A row that
 * is of no use is left out, never the list.
 */
export function parseCatalogue(
  body: unknown,
  onSkip: (row: SkippedRow) => void = () => undefined,
): readonly Model[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  const models = new Map<string, Model>();
  for (const entry of toList(body.data)) {
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
        quantization: toText(entry.quantization)?.slice(0, longestName),
        supportedParameters: Array.isArray(entry.supported_parameters)
          ? toTexts(entry.supported_parameters)
          : undefined,
      }),
    );
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
  });
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function toPricing(pricing: Json): Pricing {
  const overrides = toList(pricing.overrides).filter(isRecord).map(toOverride);
  return compact({ ...toPrices(pricing), overrides: overrides.length > 0 ? overrides : undefined });
}

function toPrices(pricing: Json): Omit<Pricing, 'overrides'> {
  return compact({
    prompt: toPrice(pricing.prompt),
    completion: toPrice(pricing.completion),
    request: toPrice(pricing.request),
    image: toPrice(pricing.image),
    imageOutput: toPrice(pricing.image_output),
    webSearch: toPrice(pricing.web_search),
    internalReasoning: toPrice(pricing.internal_reasoning),
    inputCacheRead: toPrice(pricing.input_cache_read),
    inputCacheWrite: toPrice(pricing.input_cache_write),
  });
}

/** Every field that can be a price: any other field of an override is a condition. */
const priceFields = new Set([
  'prompt',
  'completion',
  'request',
  'image',
  'image_token',
  'image_output',
  'audio',
  'audio_output',
  'input_audio_cache',
  'web_search',
  'internal_reasoning',
  'input_cache_read',
  'input_cache_write',
  'input_cache_write_1h',
  'discount',
]);

/** Whether the value of each condition we know is one we understand. */
const knownConditions: Readonly<Record<string, (value: unknown) => boolean>> = {
  min_prompt_tokens: value => toCount(value) !== undefined,
  utc_start: value => toClockTime(value) !== undefined,
  utc_end: value => toClockTime(value) !== undefined,
  utc_days: value => Array.isArray(value) && !toDays(value).includes(-1),
};

function toOverride(entry: Json): PriceOverride {
  const isUnknown = Object.entries(entry).some(
    ([field, value]) => value !== null && !priceFields.has(field) && !knownConditions[field]?.(value),
  );
  return compact({
    minPromptTokens: toCount(entry.min_prompt_tokens),
    utcStart: toClockTime(entry.utc_start),
    utcEnd: toClockTime(entry.utc_end),
    utcDays: entry.utc_days === undefined || entry.utc_days === null ? undefined : toDays(entry.utc_days),
    hasUnknownCondition: isUnknown || undefined,
    pricing: toPrices(entry),
  });
}

/** The API gives the time as a number (`400` is 04:00). */
function toClockTime(value: unknown): string | undefined {
  const text = toScalarText(value).slice(0, 8).replace(':', '').padStart(4, '0');
  return toScalarText(value) !== '' && /^([01]\d|2[0-3])[0-5]\d$|^2400$/.test(text) ? text : undefined;
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Weekdays by name or number; -1 for one that is neither. */
function toDays(value: unknown): readonly number[] {
  return toList(value).map(day =>
    typeof day === 'number'
      ? dayNames[day] === undefined
        ? -1
        : day
      : dayNames.indexOf(toScalarText(day).toLowerCase()),
  );
}
