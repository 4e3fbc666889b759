import type { Cost } from './cost';
import { formatPico, type Pico, parsePico } from './pico';
import { type Extras, tableCost } from './priceTable';
import { isFree } from './priceText';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/**
 * What a request really cost the user.
 *
 * - The server named a cost: that (`billed`), plus the upstream's bill with BYOK and only then, because
 *   the same field repeats `cost` for everyone else.
 * - It named none: the price table (`estimated`).
 * - Either is exactly zero: `free`. But zero from OpenRouter with BYOK and no word of the upstream's
 *   bill is not free: somebody bills it. Nor is zero with an upstream bill and no word of BYOK.
 * - Nothing to go by: `unknown`; the caller makes that `pending` when `/generation` may still tell.
 *
 * `atMs` (epoch ms) decides conditional prices. `pricing` is that of the model that served.
 */
export function trueCost(
  usage: Usage | undefined,
  pricing: Pricing | undefined,
  atMs: number,
  extras?: Extras,
): Cost {
  if (usage && isDoubtful(usage)) return { state: 'unknown' };
  const billed = usage && billedPico(usage);
  if (billed !== undefined) return { state: billed === 0n ? 'free' : 'billed', usd: formatPico(billed) };
  return usage && pricing ? tableCostOf(usage, pricing, atMs, extras) : { state: 'unknown' };
}

/** {@link trueCost} of what `/generation` told: a figure of the server's is then `settled`. */
export function settledCost(usage: Usage, pricing: Pricing | undefined, atMs: number): Cost {
  // `/generation` has the last word: what it leaves open is taken for the larger.
  if (isDoubtful(usage)) return { state: 'estimated', usd: usage.upstreamUsd };
  const cost = trueCost(usage, pricing, atMs);
  return cost.state === 'billed' ? { ...cost, state: 'settled' } : cost;
}

function billedPico(usage: Usage): Pico | undefined {
  const cost = parseAmount(usage.costUsd);
  if (cost === undefined || !usage.isByok) return cost;
  const upstream = parseAmount(usage.upstreamUsd);
  return upstream === undefined && cost === 0n ? undefined : cost + (upstream ?? 0n);
}

/** Nothing for OpenRouter, something for the provider, and no word whose key was used: who pays is not known. */
function isDoubtful({ costUsd, upstreamUsd, isByok }: Usage): boolean {
  return isByok === undefined && parseAmount(costUsd) === 0n && (parseAmount(upstreamUsd) ?? 0n) > 0n;
}

/** A bill is never negative; a server that says so has said nothing. */
function parseAmount(text: string | undefined): Pico | undefined {
  const pico = text === undefined ? undefined : parsePico(text);
  return pico !== undefined && pico >= 0n ? pico : undefined;
}

function tableCostOf(usage: Usage, pricing: Pricing, atMs: number, extras?: Extras): Cost {
  const pico = tableCost(usage, pricing, atMs, extras);
  if (pico === undefined) return { state: 'unknown' };
  if (pico > 0n) return { state: 'estimated', usd: formatPico(pico) };
  // No tokens at all are no free answer of a model that has a price.
  return isFree(pricing) ? { state: 'free', usd: '0' } : { state: 'unknown' };
}
