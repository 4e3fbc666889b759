import type { Generation } from '../chat/account';
import type { Routing } from '../chat/routing';
import type { Cost } from '../money/cost';
import type { BillFacts, CostPart } from '../money/costPart';
import { toCostParts } from '../money/costParts';
import { type CostRecord, parseCostRecord } from '../money/costRecord';
import { formatPico, parsePico } from '../money/pico';
import type { Pricing } from '../money/pricing';
import type { Usage } from '../money/usage';
import type { LedgerEntry } from './ledger';

/** The price list of one model. */
export interface ListedPrices {
  readonly model: string;
  /** Undefined when the list of models does not know it, or was not at hand. */
  readonly pricing: Pricing | undefined;
}

/** What else a record is made of, beside the cost. */
export interface RecordedFacts extends Omit<BillFacts, 'totalPico'>, Pick<CostRecord, 'estimate'> {
  /** Epoch ms: when the request began. */
  readonly atMs: number;
}

/** What is kept of a request that cost `cost`, as far as that is known. */
export function toCostRecord(cost: Cost, facts: RecordedFacts, prices: ListedPrices): CostRecord {
  const { estimate, feesUsd, promptImages } = facts;
  const kept = {
    pricedModel: prices.model,
    prices: prices.pricing,
    estimate,
    feesUsd,
    ...(promptImages && { promptImages }),
  };
  return { ...kept, parts: partsOf(cost, facts, prices.pricing) };
}

/** The record of `row`, which had ended without a cost, once `told` is known of it. */
export function toSettledRecord(
  row: LedgerEntry,
  cost: Cost,
  told: Pick<Generation, 'usage' | 'routing'>,
  prices: ListedPrices,
): CostRecord {
  const before = parseCostRecord(row.costParts);
  const known = before?.prices
    ? { model: before.pricedModel ?? prices.model, pricing: before.prices }
    : prices;
  const facts = {
    usage: { ...tokensOf(row), ...told.usage },
    serviceTier: row.serviceTier ?? told.routing?.serviceTier,
    feesUsd: before?.feesUsd,
    promptImages: before?.promptImages,
    estimate: before?.estimate,
    atMs: row.startedAt,
  };
  return toCostRecord(cost, facts, known);
}

/** What plugins and tools were billed on the way, USD as decimal text; undefined where nothing was named. */
export function feesOf({ stages = [] }: Routing = {}): string | undefined {
  const fees = stages.flatMap(({ costUsd }) => (costUsd === undefined ? [] : (parsePico(costUsd) ?? [])));
  return fees.length === 0 ? undefined : formatPico(fees.reduce((sum, fee) => sum + fee, 0n));
}

/** The parts of the cost that `row` has, by a price list: for rows without a record that fits. */
export function partsOfRow(row: LedgerEntry, pricing: Pricing | undefined): readonly CostPart[] {
  const { costPico, upstreamPico, isByok, costState, serviceTier, startedAt } = row;
  if (costPico === undefined) return [];
  const ownPico = isByok && upstreamPico !== undefined ? costPico - upstreamPico : costPico;
  const usage = { ...tokensOf(row), costUsd: formatPico(ownPico), isByok };
  return partsOf(
    { state: costState, usd: formatPico(costPico) },
    { usage, serviceTier, atMs: startedAt },
    pricing,
  );
}

/** What a row knows of tokens. */
export function tokensOf({
  promptTokens,
  completionTokens,
  cachedTokens,
  cacheWriteTokens,
  reasoningTokens,
}: Omit<LedgerEntry, 'id'>): Usage {
  return { promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens };
}

function partsOf(
  { state, usd }: Cost,
  { usage, atMs, ...facts }: RecordedFacts,
  pricing: Pricing | undefined,
): readonly CostPart[] {
  const totalPico = usd === undefined ? undefined : parsePico(usd);
  if (totalPico === undefined || state === 'pending' || state === 'unknown') return [];
  // An estimate is no bill: whatever cost the answer named was not believed.
  const billed = state === 'estimated' ? { ...usage, costUsd: undefined } : usage;
  return toCostParts({ ...facts, usage: billed, totalPico }, pricing, atMs);
}
