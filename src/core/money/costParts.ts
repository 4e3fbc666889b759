import { divideHalfEven, type Pico, parsePico } from './pico';
import { priceAt } from './priceAt';
import { type ListedItem, type ListedKind, listedItems, parsePrice, priceUnitsPerPico } from './priceTable';
import type { PriceOverride, Pricing } from './pricing';
import type { Usage } from './usage';

/** What a part of a bill is for. */
export type CostPartKind =
  | ListedKind
  /** Prompts above a length have other prices. */
  | 'longPrompt'
  /** Hours or days have other prices. */
  | 'timeWindow'
  /** The service tier has other prices; less than nothing where it is cheaper. */
  | 'tier'
  /** The provider that served asks for more, or less, than the price list says. */
  | 'providerDrift'
  /** What OpenRouter asks for the use of the user's own provider key. */
  | 'byokFee'
  | 'notExplained';

export interface CostPart {
  readonly kind: CostPartKind;
  /** Less than nothing where it made the bill smaller. */
  readonly pico: Pico;
  /** Of tokens, images, requests or searches, where it is charged by the piece. */
  readonly count?: number;
  /** USD per piece, decimal text. */
  readonly price?: string;
}

/** What is known of what one request was billed for. */
export interface BillFacts {
  /** The true cost, as the ledger has it: what the parts add up to. */
  readonly totalPico: Pico;
  readonly usage: Usage;
  /** In the answer. */
  readonly images?: number;
  /** As the answer names it. */
  readonly serviceTier?: string;
  /** Fees of plugins and tools that the answer's metadata names, USD as decimal text. */
  readonly feesUsd?: string;
}

/** Tiers at the prices of the list. */
const ordinaryTiers: ReadonlySet<string | undefined> = new Set([
  undefined,
  '',
  'auto',
  'default',
  'standard',
]);

/** Every part and every half of the server's bill is rounded once: less than this is no difference. */
const roundingPico = 8n;

/**
 * The parts of a bill, which add up to it to the last digit. What the price list of the served model and the
 * answer's own figures do not explain is `notExplained`; a bill of nothing has no parts. `atMs` is the start of the
 * request.
 */
export function toCostParts(
  facts: BillFacts,
  pricing: Pricing | undefined,
  atMs: number,
): readonly CostPart[] {
  if (facts.totalPico === 0n) return [];
  const bill = splitBill(facts, pricing);
  const tokens = bill.inferencePico === 0n ? [] : tokenParts(facts, bill, pricing, atMs);
  const parts = [...tokens, ...bill.extras].filter(({ pico }) => pico !== 0n);
  return complete(parts, facts.totalPico);
}

interface SplitBill {
  /** What tokens, images and the request itself come to. */
  readonly inferencePico: Pico;
  /** The server named `inferencePico` itself: it is not only what is left. */
  readonly isTold: boolean;
  /** Tools and the fee for the user's own key. */
  readonly extras: readonly CostPart[];
}

/** Takes what is no inference out of a bill. */
function splitBill({ totalPico, usage, feesUsd }: BillFacts, pricing: Pricing | undefined): SplitBill {
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

function tokenParts(
  facts: BillFacts,
  { inferencePico, isTold }: SplitBill,
  pricing: Pricing | undefined,
  atMs: number,
): readonly CostPart[] {
  const isEstimate = facts.usage.costUsd === undefined;
  const extras = { images: facts.images, webSearches: isEstimate ? facts.usage.webSearches : 0 };
  const listed = pricing && listedParts(facts.usage, pricing, atMs, extras);
  if (!listed) return toldParts(facts.usage, inferencePico);
  const parts = withCacheDiscount(listed, facts.usage);
  const gap = inferencePico - sumPico(parts);
  if (isRounding(gap)) return parts;
  if (!ordinaryTiers.has(facts.serviceTier)) return [...parts, { kind: 'tier', pico: gap }];
  return isTold ? [...parts, { kind: 'providerDrift', pico: gap }] : parts;
}

/**
 * What `usage` costs by the list, with what its conditional prices add apart; undefined when a count or a price
 * that matters is not known.
 */
export function listedParts(
  usage: Usage,
  pricing: Pricing,
  atMs: number,
  extras: { readonly images?: number; readonly webSearches?: number } = {},
): readonly CostPart[] | undefined {
  const { overrides = [] } = pricing;
  const { promptTokens = 0 } = usage;
  const at = (holding: readonly PriceOverride[]) =>
    listedItems(usage, priceAt({ ...pricing, overrides: holding }, { promptTokens, atMs }), extras);
  const base = at([]);
  const sums = [base, at(overrides.filter(dependsOnLengthOnly)), at(overrides)].map(sumUnits);
  const [plain, long, full] = sums;
  if (!base || plain === undefined || long === undefined || full === undefined) return undefined;
  const steps: readonly (readonly [CostPartKind, bigint])[] = [
    ['longPrompt', long - plain],
    ['timeWindow', full - long],
  ];
  return [
    ...base
      .filter(({ count }) => count > 0)
      .map(({ kind, price, count }): CostPart => ({ kind, pico: itemPico({ price, count }), count, price })),
    ...steps.map(([kind, units]): CostPart => ({ kind, pico: divideHalfEven(units, priceUnitsPerPico) })),
  ];
}

const dependsOnLengthOnly = ({ utcStart, utcEnd, utcDays }: PriceOverride): boolean =>
  utcStart === undefined && utcEnd === undefined && utcDays === undefined;

function sumUnits(items: readonly ListedItem[] | undefined): bigint | undefined {
  return items?.reduce<bigint | undefined>((sum, item) => {
    const units = itemUnits(item);
    return sum === undefined || units === undefined ? undefined : sum + units;
  }, 0n);
}

/** A price need only be known where its count is not zero. */
function itemUnits({ price, count }: Pick<ListedItem, 'price' | 'count'>): bigint | undefined {
  if (count === 0) return 0n;
  const units = parsePrice(price);
  return units === undefined ? undefined : units * BigInt(Math.ceil(count));
}

const itemPico = (item: Pick<ListedItem, 'price' | 'count'>): Pico =>
  divideHalfEven(itemUnits(item) ?? 0n, priceUnitsPerPico);

/** Where tokens of the cache were not counted, the saving alone may have been told. */
function withCacheDiscount(parts: readonly CostPart[], usage: Usage): readonly CostPart[] {
  const text = usage.cacheDiscountUsd;
  const discount = text === undefined ? undefined : parsePico(text);
  if (!discount) return parts;
  const kind = discount > 0n ? 'cacheRead' : 'cacheWrite';
  const isCounted = (discount > 0n ? usage.cachedTokens : usage.cacheWriteTokens) !== undefined;
  return isCounted ? parts : [...parts, { kind, pico: -discount }];
}

/** Without prices the answer's own two figures say at least on which side the money went. */
function toldParts(usage: Usage, inferencePico: Pico): readonly CostPart[] {
  const [prompt, completion] = [amount(usage.upstreamPromptUsd), amount(usage.upstreamCompletionUsd)];
  if (prompt === undefined || completion === undefined || prompt + completion > inferencePico) return [];
  return [
    { kind: 'input', pico: prompt, count: usage.promptTokens },
    { kind: 'output', pico: completion, count: usage.completionTokens },
  ];
}

/** The parts with what is missing: a rounding goes to the largest, anything else is not explained. */
function complete(parts: readonly CostPart[], totalPico: Pico): readonly CostPart[] {
  const rest = totalPico - sumPico(parts);
  if (rest === 0n) return parts;
  const largest = largestPart(parts);
  if (!largest || !isRounding(rest)) return [...parts, { kind: 'notExplained', pico: rest }];
  return parts.map(part => (part === largest ? { ...part, pico: part.pico + rest } : part));
}

const isRounding = (pico: Pico): boolean => pico <= roundingPico && pico >= -roundingPico;

/** The part that costs most; undefined when none costs anything. */
export function largestPart(parts: readonly CostPart[]): CostPart | undefined {
  return parts
    .filter(({ pico }) => pico > 0n)
    .reduce<CostPart | undefined>((most, part) => (most && most.pico >= part.pico ? most : part), undefined);
}

export function sumPico(parts: readonly CostPart[]): Pico {
  return parts.reduce((sum, { pico }) => sum + pico, 0n);
}

/** A bill is never negative; a server that says so has said nothing. */
function amount(text: string | undefined): Pico | undefined {
  const pico = text === undefined ? undefined : parsePico(text);
  return pico !== undefined && pico >= 0n ? pico : undefined;
}

const larger = (a: Pico | undefined, b: Pico | undefined): Pico | undefined =>
  a === undefined || b === undefined ? (a ?? b) : a > b ? a : b;
