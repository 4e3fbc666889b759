import type { BillFacts, CostPart } from './costPart';
import { divideHalfEven, type Pico, parsePico } from './pico';
import { parsePrice, priceUnitsPerPico } from './priceTable';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

export interface SplitBill {
  /** What tokens, images and the request itself come to. */
  readonly inferencePico: Pico;
  /** The server named `inferencePico` itself: it is not only what is left. */
  readonly isTold: boolean;
  /** Tools and the fee for the user's own key. */
  readonly extras: readonly CostPart[];
}

/** Takes what is no inference out of a bill. */
export function splitBill({ totalPico, usage, feesUsd }: BillFacts, pricing: Pricing | undefined): SplitBill {
  const cost = amount(usage.costUsd);
  if (cost === undefined) return { inferencePico: totalPico, isTold: false, extras: [] };
  const named = larger(amount(usage.toolsUsd), amount(feesUsd)) ?? searchesPico(usage, pricing);
  const tools = (most: Pico): Pico => (named === undefined || named > most ? (named ? most : 0n) : named);
  const toolsPart = (pico: Pico): CostPart => ({ kind: 'tools', pico, count: usage.webSearches });
  if (usage.isByok) {
    const toolsPico = tools(cost);
    const fee: CostPart = { kind: 'byokFee', pico: cost - toolsPico };
    // The part that the user's own provider account pays, which the answer need not tell.
    return { inferencePico: totalPico - cost, isTold: true, extras: [toolsPart(toolsPico), fee] };
  }
  const told = toldInference(usage);
  if (told === undefined || told > cost) {
    const toolsPico = tools(cost);
    return { inferencePico: cost - toolsPico, isTold: false, extras: [toolsPart(toolsPico)] };
  }
  // Searches without a price are what the answer's own cost has beyond its tokens.
  const toolsPico = named === undefined && usage.webSearches ? cost - told : tools(cost - told);
  return { inferencePico: told, isTold: true, extras: [toolsPart(toolsPico)] };
}

/** For whoever has no key of their own at a provider, servers repeat the cost without fees there, or send 0. */
function toldInference({ upstreamUsd, upstreamPromptUsd, upstreamCompletionUsd }: Usage): Pico | undefined {
  const [prompt, completion] = [amount(upstreamPromptUsd), amount(upstreamCompletionUsd)];
  const sum = prompt === undefined || completion === undefined ? undefined : prompt + completion;
  return [amount(upstreamUsd), sum].find(pico => pico !== undefined && pico > 0n);
}

function searchesPico({ webSearches = 0 }: Usage, pricing: Pricing | undefined): Pico | undefined {
  const price = parsePrice(pricing?.webSearch);
  return price && webSearches > 0
    ? divideHalfEven(price * BigInt(Math.ceil(webSearches)), priceUnitsPerPico)
    : undefined;
}

/** A bill is never negative; a server that says so has said nothing. */
export function amount(text: string | undefined): Pico | undefined {
  const pico = text === undefined ? undefined : parsePico(text);
  return pico !== undefined && pico >= 0n ? pico : undefined;
}

const larger = (a: Pico | undefined, b: Pico | undefined): Pico | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a > b ? a : b;
