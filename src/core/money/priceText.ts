import type { Pico } from './pico';
import { parseFixed } from './pico';
import { priceAt } from './priceAt';
import { parsePrice, sumOf } from './priceTable';
import type { Pricing } from './pricing';

/** True when nothing a chat is billed for costs anything: real prices, not the model's name. */
export function isFree(pricing: Pricing): boolean {
  const { overrides = [], ...base } = pricing;
  const isZero = (text: string | undefined) => parsePrice(text) === 0n;
  return (
    isZero(base.prompt) &&
    isZero(base.completion) &&
    isZero(base.request ?? '0') &&
    overrides.every(({ pricing: { prompt = '0', completion = '0', request = '0' } }) =>
      [prompt, completion, request].every(isZero),
    )
  );
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
  const digits = price.toString().padStart(19, '0');
  const fraction = digits.slice(-18).replace(/0+$/, '');
  return digits.slice(0, -18) + (fraction && `.${fraction}`);
}

/** From an answer of no tokens to the most expensive that `maxTokens` allows. */
export interface PriceRange {
  readonly minPico: Pico;
  readonly maxPico: Pico;
}

/**
 * What a request of `promptTokens` with an answer of at most `maxTokens` (reasoning included) costs by
 * the catalogue. The upper end takes every token at the most expensive price it can get (written to the cache,
 * reasoning). `undefined` when the price varies or is not known.
 */
export function priceRange(
  pricing: Pricing,
  promptTokens: number,
  maxTokens: number,
  atMs: number,
): PriceRange | undefined {
  const prices = priceAt(pricing, { promptTokens, atMs });
  const cheapestInput = extreme([prices.prompt, prices.inputCacheRead], 'lowest');
  const highestInput = extreme([prices.prompt, prices.inputCacheWrite], 'highest');
  const highestOutput = extreme([prices.completion, prices.internalReasoning], 'highest');
  const request = prices.request ?? '0';
  // A missing output price must not pass for a free answer, so it is asked for even where it counts 0.
  if (parsePrice(prices.prompt) === undefined || parsePrice(prices.completion) === undefined)
    return undefined;
  const minPico = sumOf([
    [cheapestInput, promptTokens],
    [request, 1],
  ]);
  const maxPico = sumOf([
    [highestInput, promptTokens],
    [highestOutput, maxTokens],
    [request, 1],
  ]);
  return minPico === undefined || maxPico === undefined ? undefined : { minPico, maxPico };
}

/**
 * The most that an answer of `maxTokens` (reasoning included) costs at the prices that hold for a prompt of
 * `promptTokens`, without the prompt itself. `undefined` when the price varies or is not known.
 */
export function answerPrice(
  pricing: Pricing,
  promptTokens: number,
  maxTokens: number,
  atMs: number,
): Pico | undefined {
  const prices = priceAt(pricing, { promptTokens, atMs });
  if (parsePrice(prices.completion) === undefined) return undefined;
  return sumOf([
    [extreme([prices.completion, prices.internalReasoning], 'highest'), maxTokens],
    [prices.request ?? '0', 1],
  ]);
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
