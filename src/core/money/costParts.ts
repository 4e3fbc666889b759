import { type BillFacts, type CostPart, type CostPartKind, largestPart, sumPico } from './costPart';
import { divideHalfEven, type Pico, parsePico } from './pico';
import { priceAt } from './priceAt';
import { type Extras, type ListedItem, listedItems, parsePrice, priceUnitsPerPico } from './priceTable';
import type { PriceOverride, Pricing } from './pricing';
import { amount, type SplitBill, splitBill } from './splitBill';
import type { Usage } from './usage';

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

function tokenParts(
  facts: BillFacts,
  { inferencePico, isTold }: SplitBill,
  pricing: Pricing | undefined,
  atMs: number,
): readonly CostPart[] {
  const isEstimate = facts.usage.costUsd === undefined;
  const extras = { images: facts.images, webSearches: isEstimate ? facts.usage.webSearches : 0 };
  const listed = pricing && nearestParts(facts, inferencePico, pricing, atMs, extras);
  if (!listed) return toldParts(facts.usage, inferencePico);
  const parts = withCacheDiscount(listed, facts.usage);
  const gap = inferencePico - sumPico(parts);
  if (isRounding(gap)) return parts;
  if (!ordinaryTiers.has(facts.serviceTier)) return [...parts, { kind: 'tier', pico: gap }];
  return isTold ? [...parts, { kind: 'providerDrift', pico: gap }] : parts;
}

/**
 * The price of an image in the prompt means one image with some models, and with others no more than a token of it,
 * which is charged as any token: whichever comes nearer to the bill.
 */
function nearestParts(
  { usage, promptImages = 0 }: BillFacts,
  inferencePico: Pico,
  pricing: Pricing,
  atMs: number,
  extras: Extras,
): readonly CostPart[] | undefined {
  const plain = listedParts(usage, pricing, atMs, extras);
  if (promptImages === 0) return plain;
  const withImages = listedParts(usage, pricing, atMs, { ...extras, promptImages });
  if (!plain || !withImages) return plain ?? withImages;
  const gap = (parts: readonly CostPart[]): Pico => distance(inferencePico, sumPico(parts));
  return gap(withImages) < gap(plain) ? withImages : plain;
}

const distance = (a: Pico, b: Pico): Pico => (a > b ? a - b : b - a);

/**
 * What `usage` costs by the list, with what its conditional prices add apart; undefined when a count or a price
 * that matters is not known.
 */
export function listedParts(
  usage: Usage,
  pricing: Pricing,
  atMs: number,
  extras: Extras = {},
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
