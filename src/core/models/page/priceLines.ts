import { formatCount } from '../../base/formatCount';
import { priceAt } from '../../money/priceAt';
import { parsePrice } from '../../money/priceTable';
import { isFree, isVarying, perMillion } from '../../money/priceText';
import type { PriceOverride, Pricing } from '../../money/pricing';

/** One price, ready to show. */
export interface PriceLine {
  readonly name: string;
  /** `$3`, `free` or `varies`. */
  readonly price: string;
  /** What it is paid for, such as `each`; undefined: a million tokens. */
  readonly unit?: string;
  /** USD as decimal text for one `unit`; undefined when it varies. */
  readonly usd?: string;
}

/** Prices that hold under one condition, or always. */
export interface PriceGroup {
  /** Such as `Prompts of more than 200,000 tokens`; undefined: what holds unless another group does. */
  readonly condition?: string;
  /** False for a time of the day that is not now; undefined when only the request can tell. */
  readonly holdsNow?: boolean;
  readonly lines: readonly PriceLine[];
}

type Field = keyof Omit<Pricing, 'overrides'>;

interface Named {
  readonly field: Field;
  readonly name: string;
  /** Absent: each million tokens. */
  readonly unit?: string;
  /** A price of 0 says nothing. */
  readonly onlyPaid?: true;
}

const named: readonly Named[] = [
  { field: 'prompt', name: 'Input' },
  { field: 'completion', name: 'Output' },
  { field: 'internalReasoning', name: 'Reasoning' },
  { field: 'inputCacheRead', name: 'Input read from a cache' },
  { field: 'inputCacheWrite', name: 'Input written to a cache' },
  { field: 'inputCacheWrite1h', name: 'Input written to a cache for an hour' },
  { field: 'image', name: 'Image in the prompt', unit: 'each', onlyPaid: true },
  { field: 'imageToken', name: 'Token of an image in the prompt', onlyPaid: true },
  { field: 'imageOutput', name: 'Image in the answer', unit: 'each', onlyPaid: true },
  { field: 'audio', name: 'Audio in the prompt', onlyPaid: true },
  { field: 'inputAudioCache', name: 'Audio read from a cache', onlyPaid: true },
  { field: 'audioOutput', name: 'Audio in the answer', onlyPaid: true },
  { field: 'request', name: 'Request', unit: 'each', onlyPaid: true },
  { field: 'webSearch', name: 'Web search', unit: 'each', onlyPaid: true },
  { field: 'searchUsd', name: 'Search of this variant', unit: 'at most, each request', onlyPaid: true },
];

/** Every price of a list, the conditional ones in their order. `nowMs`: epoch ms. */
export function priceGroups(pricing: Pricing, nowMs: number): readonly PriceGroup[] {
  const { overrides = [], ...base } = pricing;
  const always = linesOf(base, base);
  const conditional = overrides.map(override => {
    const holdsNow = holdsAt(override, nowMs);
    return {
      condition: describeCondition(override),
      ...(holdsNow === undefined ? {} : { holdsNow }),
      lines: linesOf(override.pricing, base),
    };
  });
  return [...(always.length > 0 ? [{ lines: always }] : []), ...conditional];
}

/** What must be known besides the prices; undefined when nothing must. */
export function priceNote(pricing: Pricing): string | undefined {
  if (isVarying(pricing)) return 'The price is that of the model which answers; the list names none.';
  if (isFree(pricing)) return undefined;
  const isKnown = parsePrice(pricing.prompt) !== undefined && parsePrice(pricing.completion) !== undefined;
  return isKnown ? undefined : 'The list of models names no price that can be counted with.';
}

function linesOf(prices: Omit<Pricing, 'overrides'>, base: Pricing): readonly PriceLine[] {
  return named.flatMap(each => {
    const text = prices[each.field];
    if (text === undefined || (each.onlyPaid && parsePrice(text) === 0n)) return [];
    const unit = unitOf(each, text, prices.prompt ?? base.prompt);
    const line = unit === undefined ? ofTokens(each.name, text) : ofPieces(each.name, text, unit);
    return line ? [line] : [];
  });
}

/** No image in an answer costs less than this: what does is a token of one. In 10⁻²⁴ USD. */
const leastOfImage = parsePrice('0.0005') ?? 0n;

/**
 * Undefined: by the token. The fields of images are documented as prices of one image, but lists have prices of their
 * tokens there, too.
 */
function unitOf({ field, unit }: Named, text: string, prompt: string | undefined): string | undefined {
  const price = parsePrice(text);
  if (field === 'image' && price !== undefined && price === parsePrice(prompt)) return undefined;
  if (field === 'imageOutput' && price !== undefined && price < leastOfImage) return undefined;
  return unit;
}

function ofTokens(name: string, text: string): PriceLine | undefined {
  const price = perMillion(text);
  if (price === undefined) return undefined;
  if (price === 'varies') return { name, price };
  return price === 'free' ? { name, price, usd: '0' } : { name, price: `$${price}`, usd: price };
}

function ofPieces(name: string, text: string, unit: string): PriceLine | undefined {
  if (parsePrice(text) === undefined) return Number(text) < 0 ? { name, price: 'varies', unit } : undefined;
  return { name, price: `$${text}`, unit, usd: text };
}

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function describeCondition(override: PriceOverride): string {
  const { minPromptTokens, utcStart, utcEnd, utcDays, hasUnknownCondition } = override;
  const parts = [
    minPromptTokens === undefined ? '' : `Prompts of more than ${formatCount(minPromptTokens)} tokens`,
    utcDays === undefined ? '' : utcDays.map(day => days[day] ?? 'a day that is not known').join(', '),
    utcStart === undefined && utcEnd === undefined
      ? ''
      : `${clock(utcStart ?? '0000')} to ${clock(utcEnd ?? '2400')} UTC`,
    hasUnknownCondition ? 'a condition that is not known here' : '',
  ].filter(part => part !== '');
  const text = parts.join('; ') || 'Always';
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const clock = (time: string): string => {
  const digits = time.replace(':', '').padStart(4, '0');
  return `${digits.slice(0, 2)}:${digits.slice(2)}`;
};

/** Of prices that only the clock decides about. */
function holdsAt(override: PriceOverride, atMs: number): boolean | undefined {
  const { minPromptTokens, utcStart, utcEnd, utcDays, hasUnknownCondition } = override;
  const isByClock = utcStart !== undefined || utcEnd !== undefined || utcDays !== undefined;
  if (!isByClock || minPromptTokens !== undefined || hasUnknownCondition) return undefined;
  const probe: Pricing = { overrides: [{ ...override, pricing: { prompt: '1' } }] };
  return priceAt(probe, { promptTokens: 0, atMs }).prompt === '1';
}
