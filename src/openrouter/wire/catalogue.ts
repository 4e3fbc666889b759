import type { Model } from '../../core/models/model';
import type { PriceOverride, Pricing } from '../../core/money/pricing';
import { toDecimal } from './decimal';
import { compact, isRecord, type Json, toList, toNumber, toRecord, toText, toTexts } from './json';

/** The models in the body of `GET /models`; undefined when it is no catalogue. Entries without id are left out. */
export function parseCatalogue(body: unknown): readonly Model[] | undefined {
  if (!isRecord(body) || !Array.isArray(body.data)) return undefined;
  return body.data.filter(isRecord).flatMap(entry => {
    const id = toText(entry.id);
    return id === undefined ? [] : [toModel(id, entry)];
  });
}

function toModel(id: string, entry: Json): Model {
  const architecture = toRecord(entry.architecture);
  const provider = toRecord(entry.top_provider);
  return compact({
    id,
    name: toText(entry.name) ?? id,
    canonicalSlug: toText(entry.canonical_slug),
    createdAtSeconds: toNumber(entry.created),
    description: toText(entry.description),
    contextTokens: smaller(toNumber(entry.context_length), toNumber(provider.context_length)),
    maxCompletionTokens: toNumber(provider.max_completion_tokens),
    pricing: toPricing(toRecord(entry.pricing)),
    inputModalities: toTexts(architecture.input_modalities),
    outputModalities: toTexts(architecture.output_modalities),
    supportedParameters: toTexts(entry.supported_parameters),
    expirationDate: toText(entry.expiration_date),
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
    prompt: toDecimal(pricing.prompt),
    completion: toDecimal(pricing.completion),
    request: toDecimal(pricing.request),
    image: toDecimal(pricing.image),
    webSearch: toDecimal(pricing.web_search),
    internalReasoning: toDecimal(pricing.internal_reasoning),
    inputCacheRead: toDecimal(pricing.input_cache_read),
    inputCacheWrite: toDecimal(pricing.input_cache_write),
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

const knownConditions = new Set(['min_prompt_tokens', 'utc_start', 'utc_end', 'utc_days']);

function toOverride(entry: Json): PriceOverride {
  const utcDays = entry.utc_days === undefined ? undefined : toDays(entry.utc_days);
  const isUnknown = Object.entries(entry).some(
    ([field, value]) => value !== null && !priceFields.has(field) && !knownConditions.has(field),
  );
  return compact({
    minPromptTokens: toNumber(entry.min_prompt_tokens),
    utcStart: toClockTime(entry.utc_start),
    utcEnd: toClockTime(entry.utc_end),
    utcDays,
    hasUnknownCondition: isUnknown || utcDays?.includes(-1) || undefined,
    pricing: toPrices(entry),
  });
}

/** The API gives the time as a number (`400` is 04:00). */
function toClockTime(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : toText(value)?.replace(':', '');
  return text === undefined ? undefined : text.padStart(4, '0');
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Weekdays by name or number; -1 for one that is neither. */
function toDays(value: unknown): readonly number[] {
  return toList(value).map(day =>
    typeof day === 'number' ? day : dayNames.indexOf(String(day).toLowerCase()),
  );
}
