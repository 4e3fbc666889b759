import type { WireOverride, WirePricing } from '../catalogue/wireModel';
import { parseDecimal } from './decimal';

export interface TokenCounts {
  /** Includes `cached` and `cacheWrite`. */
  readonly prompt: number;
  readonly cached: number;
  readonly cacheWrite: number;
  /** Includes `reasoning`. */
  readonly completion: number;
  readonly reasoning: number;
}

/** What changes the price of the same tokens. */
export interface Circumstances {
  readonly atMs: number;
  /** Of the service tier: 50 is half the price. */
  readonly percent?: number;
  /** What was written into the cache stays there for an hour. */
  readonly writesForAnHour?: boolean;
  /** In the prompt. */
  readonly images?: number;
  /** In the answer. */
  readonly imagesOut?: number;
}

/** What a provider asks for one request, in 10⁻¹² USD. */
export interface Charge {
  readonly prompt: bigint;
  readonly completion: bigint;
  readonly total: bigint;
}

/** Real prices have up to 23 decimals (0.00000008333333333333334): products are rounded once, at the end. */
export const priceScale = 30;
const unitsPerPico = 10n ** 18n;
const roundToPico = (amount: bigint): bigint => (amount + unitsPerPico / 2n) / unitsPerPico;
const times = (price: string, count: number): bigint => parseDecimal(price, priceScale) * BigInt(count);

/** The charge for `tokens` at `pricing`, conditional prices included. Negative (router) prices are an error. */
export function charge(pricing: WirePricing, tokens: TokenCounts, more: Circumstances): Charge {
  const price = effectivePricing(pricing, tokens.prompt, more.atMs);
  const plain = tokens.prompt - tokens.cached - tokens.cacheWrite;
  const hourWrite = more.writesForAnHour ? price.input_cache_write_1h : undefined;
  const prompt =
    times(price.prompt, plain) +
    times(price.input_cache_read ?? price.prompt, tokens.cached) +
    times(hourWrite ?? price.input_cache_write ?? price.prompt, tokens.cacheWrite) +
    times(price.image ?? '0', more.images ?? 0) +
    times(price.request ?? '0', 1);
  const completion =
    times(price.completion, tokens.completion - tokens.reasoning) +
    times(price.internal_reasoning ?? price.completion, tokens.reasoning) +
    times(price.image_output ?? '0', more.imagesOut ?? 0);
  if (prompt < 0n || completion < 0n) throw new Error('A router has no price of its own');
  const atTier = (amount: bigint): bigint => roundToPico((amount * BigInt(more.percent ?? 100)) / 100n);
  const parts = { prompt: atTier(prompt), completion: atTier(completion) };
  return { ...parts, total: parts.prompt + parts.completion };
}

/** Field by field the last override wins whose conditions all hold. */
export function effectivePricing(pricing: WirePricing, promptTokens: number, atMs: number): WirePricing {
  let price = pricing;
  for (const override of pricing.overrides ?? []) {
    if (holds(override, promptTokens, atMs)) price = { ...price, ...override };
  }
  return price;
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function holds(override: WireOverride, promptTokens: number, atMs: number): boolean {
  if (override.min_prompt_tokens !== undefined && promptTokens <= override.min_prompt_tokens) return false;
  const date = new Date(atMs);
  if (override.utc_days && !override.utc_days.includes(days[date.getUTCDay()] ?? '')) return false;
  const { utc_start: start, utc_end: end } = override;
  if (start === undefined || end === undefined) return true;
  const clock = date.getUTCHours() * 100 + date.getUTCMinutes();
  return start <= end ? clock >= start && clock < end : clock >= start || clock < end;
}
