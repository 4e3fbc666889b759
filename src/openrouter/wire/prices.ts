import type { PriceOverride, Pricing } from '../../core/money/pricing';
import { toPrice } from './decimal';
import { compact, isRecord, type Json, toCount, toList, toScalarText } from './json';

/** Prices as the catalogue and the lists of endpoints give them. */
export function toPricing(pricing: Json): Pricing {
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
    imageToken: toPrice(pricing.image_token),
    audio: toPrice(pricing.audio),
    audioOutput: toPrice(pricing.audio_output),
    inputAudioCache: toPrice(pricing.input_audio_cache),
    webSearch: toPrice(pricing.web_search),
    internalReasoning: toPrice(pricing.internal_reasoning),
    inputCacheRead: toPrice(pricing.input_cache_read),
    inputCacheWrite: toPrice(pricing.input_cache_write),
    inputCacheWrite1h: toPrice(pricing.input_cache_write_1h),
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
