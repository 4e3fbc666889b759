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

/**
 * True when nothing a request is billed for costs anything, whenever and however long it is: real prices, not
 * the model's name. This is what "free" means wherever it is said of a model.
 */
export function isFree(pricing: Pricing): boolean {
  const { overrides = [], ...base } = pricing;
  const isZero = (prices: Omit<Pricing, 'overrides'>) =>
    billedFields.every(field => prices[field] === undefined || parsePrice(prices[field]) === 0n);
  const isNamed = base.prompt !== undefined && base.completion !== undefined;
  return isNamed && [base, ...overrides.map(override => override.pricing)].every(isZero);
}

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
 * reasoning, under a condition we do not know), and the search that a model id asks for. `undefined` when
 * the price varies or is not known.
 */
export function priceRange(
  pricing: Pricing,
  promptTokens: number,
  maxTokens: number,
  atMs: number,
): PriceRange | undefined {
  const prices = priceAt(pricing, { promptTokens, atMs });
  const most = highestPrices(pricing, promptTokens, atMs);
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
function highestPrices(pricing: Pricing, promptTokens: number, atMs: number) {
  const all = possiblePrices(pricing, { promptTokens, atMs });
  const of = (...fields: readonly (typeof billedFields)[number][]) =>
    extreme(
      all.flatMap(prices => fields.map(field => prices[field])),
      'highest',
    );
  const [input, output] = [of('prompt', 'inputCacheWrite'), of('completion', 'internalReasoning')];
  const [request, search] = [of('request') ?? '0', of('searchUsd') ?? '0'];
  const named = all.flatMap(prices => billedFields.map(field => prices[field]));
  const isReadable = named.every(text => text === undefined || parsePrice(text) !== undefined);
  if (!isReadable || input === undefined || output === undefined) return undefined;
  return { input, output, request, search, searchTokens: search === '0' ? 0 : mostSearchTokens };
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
