import type { MaxPrice } from './maxPrice';
import { formatFixed, type Pico } from './pico';
import { type PriceSpan, spanOverrides } from './priceAt';
import { parsePrice, priceDecimals } from './priceTable';
import { priceRange } from './priceText';
import type { Pricing } from './pricing';

/** Prices without conditions. */
export type FlatPrices = Omit<Pricing, 'overrides'>;

const tokensPerMillion = 6;

/** What OpenRouter takes where the user's own key of a provider pays: 5 % on top of that provider's price. */
const byokFeePercent = 5n;

/**
 * The highest price that may hold for each thing a request is billed for, at any time of `span` and for any prompt up
 * to its length. `undefined` when the price varies, or one that counts is missing or cannot be read.
 */
export function dearestPrices(pricing: Pricing, span: PriceSpan): FlatPrices | undefined {
  const { overrides = [], ...base } = pricing;
  let possible: readonly FlatPrices[] = [base];
  for (const { pricing: changed, holds } of spanOverrides(overrides, span)) {
    const changedOnes = possible.map(prices => ({ ...prices, ...withoutGaps(changed) }));
    // Where it is sure to hold, what it replaces cannot be billed. Each field's highest is all that counts later.
    possible = holds === 'always' ? changedOnes : [dearestOf([...possible, ...changedOnes])];
  }
  const dearest = dearestOf(possible);
  return priceRange(dearest, 0, 0, 0) && dearest;
}

/** The highest price of each field; one that cannot be read counts as the highest. */
export function dearestOf(lists: readonly FlatPrices[]): FlatPrices {
  const highest = new Map<string, string>();
  for (const [field, text] of lists.flatMap(list => Object.entries(list))) {
    if (text !== undefined) highest.set(field, higher(text, highest.get(field)));
  }
  return Object.fromEntries(highest);
}

function higher(text: string, other: string | undefined): string {
  if (other === undefined) return text;
  const [price, otherPrice] = [parsePrice(text), parsePrice(other)];
  if (price === undefined || otherPrice === undefined) return price === undefined ? text : other;
  return price > otherPrice ? text : other;
}

/** The bound that lets endpoints of these prices serve, and none that asks for more. */
export function toMaxPrice({ prompt, completion, request, image }: FlatPrices): MaxPrice {
  return {
    prompt: perMillionCap(prompt),
    completion: perMillionCap(completion),
    request: toDecimal(request, 0),
    ...(image === undefined ? {} : { image: toDecimal(image, 0) }),
  };
}

/** What a request may cost that `maxPrice` bounds. */
export function fromMaxPrice({ prompt, completion, request, image }: MaxPrice): FlatPrices {
  const perToken = (text: string): string =>
    formatFixed(parsePrice(text) ?? 0n, priceDecimals + tokensPerMillion);
  return { prompt: perToken(prompt), completion: perToken(completion), request, image };
}

/** True when an endpoint of `prices` may serve a request that `maxPrice` bounds. */
export function isWithin(prices: FlatPrices, maxPrice: MaxPrice): boolean {
  const asked = toMaxPrice(prices);
  const fits = (text: string | undefined, cap: string | undefined): boolean =>
    cap === undefined || (parsePrice(text ?? '0') ?? 0n) <= (parsePrice(cap) ?? 0n);
  return (
    fits(asked.prompt, maxPrice.prompt) &&
    fits(asked.completion, maxPrice.completion) &&
    fits(asked.request, maxPrice.request) &&
    fits(asked.image, maxPrice.image)
  );
}

/** The bound of each field that is the higher one. */
export function widerMaxPrice(one: MaxPrice, other: MaxPrice): MaxPrice {
  const image = one.image ?? other.image;
  return {
    prompt: higher(one.prompt, other.prompt),
    completion: higher(one.completion, other.completion),
    request: higher(one.request, other.request),
    ...(image === undefined ? {} : { image: higher(image, other.image) }),
  };
}

/** The bound at `percent` of its prices; undefined when they are all zero, so that nothing would change. */
export function raisedMaxPrice(maxPrice: MaxPrice, percent: bigint): MaxPrice | undefined {
  return changed(maxPrice, units => (units * percent) / 100n);
}

/** The bound lowered so that what costs `costPico` costs at most `limitPico`; undefined when nothing is left of it. */
export function scaledDown(maxPrice: MaxPrice, limitPico: Pico, costPico: Pico): MaxPrice | undefined {
  return changed(maxPrice, units => {
    const exact = (units * limitPico) / costPico;
    // Two digits are enough for a price that is offered.
    const rest = 10n ** BigInt(Math.max(0, exact.toString().length - 2));
    return exact - (exact % rest);
  });
}

function changed(maxPrice: MaxPrice, change: (units: bigint) => bigint): MaxPrice | undefined {
  const apply = (text: string): string => formatFixed(change(parsePrice(text) ?? 0n), priceDecimals);
  const { image } = maxPrice;
  const result = {
    prompt: apply(maxPrice.prompt),
    completion: apply(maxPrice.completion),
    request: apply(maxPrice.request),
    ...(image === undefined ? {} : { image: apply(image) }),
  };
  return Object.values(result).every(text => Number(text) === 0) ? undefined : result;
}

/**
 * What a request costs at most at `prices`: every token of the prompt written to the cache, an answer of `maxTokens`,
 * each of its `images` at its own price, too, and the fee for a provider's key of the user's own. An image in the answer
 * takes at least one of its tokens.
 */
export function worstCost(
  prices: FlatPrices,
  promptTokens: number,
  maxTokens: number,
  images = 0,
): Pico | undefined {
  const { imageOutput } = prices;
  const output = imageOutput === undefined ? prices : dearestOf([prices, { completion: imageOutput }]);
  const range = priceRange(output, promptTokens, maxTokens, 0, images);
  return range && withByokFee(range.maxPico);
}

/** `pico` with what OpenRouter takes where a provider's key of the user's own pays. */
export const withByokFee = (pico: Pico): Pico => (pico * (100n + byokFeePercent) + 99n) / 100n;

/**
 * A price per token as USD per million. Where a server that counts in floating point would find its own price above
 * this text's, the text names a millionth of a dollar more.
 */
function perMillionCap(text: string | undefined): string {
  const exact = toDecimal(text, tokensPerMillion);
  const [price, cap] = [Number(text ?? '0'), Number(exact)];
  if (price * 1e6 <= cap && price <= cap / 1e6) return exact;
  const decimals = priceDecimals - tokensPerMillion;
  return formatFixed((parsePrice(text) ?? 0n) + 10n ** BigInt(decimals - tokensPerMillion), decimals);
}

/** `text` times ten to the power of `exponent`, exactly, without exponent. */
function toDecimal(text: string | undefined, exponent: number): string {
  return formatFixed(parsePrice(text) ?? 0n, priceDecimals - exponent);
}

function withoutGaps(prices: FlatPrices): FlatPrices {
  return Object.fromEntries(Object.entries(prices).filter(([, text]) => text !== undefined));
}
