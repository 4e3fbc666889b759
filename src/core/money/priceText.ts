import type { Pico } from './pico';
import { formatFixed, parseFixed } from './pico';
import { possiblePrices, priceAt } from './priceAt';
import { parsePrice, sumOf } from './priceTable';
import type { Pricing } from './pricing';

/** Whatever a request for text may be billed for; what a model does not name costs nothing. */
const billedFields = [
  'prompt',
  'completion',
  'request',
  'internalReasoning',
  'inputCacheRead',
  'inputCacheWrite',
  'searchUsd',
] as const;

/** What images in the prompt are billed for beside their tokens, or in place of the price of those. */
const imageFields = ['image', 'imageToken'] as const;

type BilledField = (typeof billedFields)[number] | (typeof imageFields)[number];

/**
 * True when nothing a request is billed for costs anything, whenever and however long it is: real prices, not
 * the model's name. This is what "free" means wherever it is said of a model, and of a request with so many `images`.
 */
export function isFree(pricing: Pricing, images = 0): boolean {
  const { overrides = [], ...base } = pricing;
  const fields = fieldsFor(images);
  const isZero = (prices: Omit<Pricing, 'overrides'>) =>
    fields.every(field => prices[field] === undefined || parsePrice(prices[field]) === 0n);
  const isNamed = base.prompt !== undefined && base.completion !== undefined;
  return isNamed && [base, ...overrides.map(override => override.pricing)].every(isZero);
}

const fieldsFor = (images: number): readonly BilledField[] =>
  images > 0 ? [...billedFields, ...imageFields] : billedFields;

/** True when the catalogue says the price depends on where the request goes. */
export function isVarying(pricing: Pricing): boolean {
  return [pricing.prompt, pricing.completion].some(text => (parseFixed(text ?? '0', 0) ?? 0n) < 0n);
}

/**
 * A price per token as exact USD per million: `3`, `0.15`, `free`, or `varies` when negative.
 * `undefined` when the catalogue names no readable price.
 */
export function perMillion(text: string | undefined): string | undefined {
  const price = text === undefined ? undefined : parseFixed(text, 24);
  if (price === undefined) return undefined;
  if (price < 0n) return 'varies';
  if (price === 0n) return 'free';
  return formatFixed(price, 18);
}

/** From an answer of no tokens to the most expensive that `maxTokens` allows. */
export interface PriceRange {
  readonly minPico: Pico;
  readonly maxPico: Pico;
}

/**
 * What a request of `promptTokens` with an answer of at most `maxTokens` (reasoning included) costs by
 * the catalogue. The upper end takes every token at the highest price it may get (written to the cache,
 * reasoning, under a condition we do not know), the search that a model id asks for, and the price of each of
 * `images` beside its tokens. `undefined` when the price varies or is not known.
 */
export function priceRange(
  pricing: Pricing,
  promptTokens: number,
  maxTokens: number,
  atMs: number,
  images = 0,
): PriceRange | undefined {
  const prices = priceAt(pricing, { promptTokens, atMs });
  const most = highestPrices(pricing, promptTokens, atMs, images);
  const lowestInput = extreme([prices.prompt, prices.inputCacheRead], 'lowest');
  // A missing output price must not pass for a free answer, so it is asked for even where it counts 0.
  if (!most || parsePrice(prices.prompt) === undefined || parsePrice(prices.completion) === undefined)
    return undefined;
  const minPico = sumOf([
    [lowestInput, promptTokens],
    [prices.request ?? '0', 1],
  ]);
  const maxPico = sumOf([
    [most.input, promptTokens + most.searchTokens],
    [most.output, maxTokens],
    [most.request, 1],
    [most.search, 1],
    [most.image, images],
  ]);
  return minPico === undefined || maxPico === undefined ? undefined : { minPico, maxPico };
}

/**
 * The most that an answer of `maxTokens` (reasoning included) costs at the prices that may hold for a prompt
 * of `promptTokens`, without the prompt itself. `undefined` when the price varies or is not known.
 */
export function answerPrice(
  pricing: Pricing,
  promptTokens: number,
  maxTokens: number,
  atMs: number,
): Pico | undefined {
  const most = highestPrices(pricing, promptTokens, atMs);
  if (!most) return undefined;
  return sumOf([
    [most.output, maxTokens],
    [most.request, 1],
    [most.search, 1],
    [most.input, most.searchTokens],
  ]);
}

/** The results of a search go along with the prompt and are billed as such: five of them, a page each. */
const mostSearchTokens = 10_000;

/** The highest prices that may hold, each by itself; `undefined` when one that counts varies or is unreadable. */
function highestPrices(pricing: Pricing, promptTokens: number, atMs: number, images = 0) {
  const all = possiblePrices(pricing, { promptTokens, atMs });
  const of = (...fields: readonly BilledField[]) =>
    extreme(
      all.flatMap(prices => fields.map(field => prices[field])),
      'highest',
    );
  const inputFields: readonly BilledField[] = images > 0 ? ['imageToken'] : [];
  const input = of('prompt', 'inputCacheWrite', ...inputFields);
  const output = of('completion', 'internalReasoning');
  const [request, search, image] = [of('request') ?? '0', of('searchUsd') ?? '0', of('image') ?? '0'];
  const named = all.flatMap(prices => fieldsFor(images).map(field => prices[field]));
  const isReadable = named.every(text => text === undefined || parsePrice(text) !== undefined);
  if (!isReadable || input === undefined || output === undefined) return undefined;
  const searchTokens = search === '0' ? 0 : mostSearchTokens;
  return { input, output, request, search, image, searchTokens };
}

function extreme(texts: readonly (string | undefined)[], which: 'lowest' | 'highest'): string | undefined {
  return texts
    .filter(text => parsePrice(text) !== undefined)
    .reduce<string | undefined>((best, text) => {
      if (best === undefined) return text;
      const isLower = (parsePrice(text) ?? 0n) < (parsePrice(best) ?? 0n);
      return isLower === (which === 'lowest') ? text : best;
    }, undefined);
}
