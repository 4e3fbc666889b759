import { type CostPart, type CostPartKind, largestPart, sumPico } from './costPart';
import { listedParts } from './costParts';
import type { CostRecord, RecordedEstimate } from './costRecord';
import type { Pico } from './pico';
import { priceAt } from './priceAt';
import { parsePrice, priceUnitsPerPico } from './priceTable';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/** Why a request cost what it did. */
export interface MainCause {
  readonly kind: CostPartKind;
  /** How much of the bill it is; where the bill is beyond the estimate because of it, how much it added to that. */
  readonly pico: Pico;
}

/** A bill that is higher than the most that was estimated. */
export interface BeyondEstimate {
  /** By how much. */
  readonly pico: Pico;
  /** What added most to the estimate. */
  readonly cause: MainCause;
}

export interface CostCause {
  /** The one main cause. */
  readonly main: MainCause;
  readonly beyond?: BeyondEstimate;
}

/** Estimates are not so exact that less than a fiftieth needs a reason. */
const toleratedShare = 50n;
/** From a tenth on, what was not expected says more than what was. */
const surprisingShare = 10n;

/**
 * The one main cause of a bill: its largest part, but of one well beyond the estimate what the estimate did not
 * hold. Undefined for a bill of nothing.
 */
export function costCause(
  { parts, prices, estimate }: Pick<CostRecord, 'parts' | 'prices' | 'estimate'>,
  usage: Usage,
  atMs: number,
): CostCause | undefined {
  const largest = largestPart(parts);
  if (!largest) return undefined;
  const main = toCause(largest);
  const mostPico = estimate?.mostPico;
  if (!estimate || mostPico === undefined) return { main };
  const pico = sumPico(parts) - mostPico;
  const added = largestPart(effects(parts, usage, prices, estimate, atMs));
  if (!added || pico * toleratedShare <= mostPico) return { main };
  const cause = toCause(added);
  const isSurprise = pico * surprisingShare >= mostPico && isOrdinary(largest.kind);
  return { main: isSurprise ? cause : main, beyond: { pico, cause } };
}

const toCause = ({ kind, pico }: CostPart): MainCause => ({ kind, pico });

/** What any request has: to name it explains no surprise. */
const isOrdinary = (kind: CostPartKind): boolean => ['input', 'output', 'cacheRead'].includes(kind);

/** What made the bill differ from that of the estimate's prompt with the longest answer. */
function effects(
  parts: readonly CostPart[],
  usage: Usage,
  prices: Pricing | undefined,
  { promptTokens, maxTokens }: RecordedEstimate,
  atMs: number,
): readonly CostPart[] {
  const expected = (prices && listedParts({ promptTokens, completionTokens: maxTokens }, prices, atMs)) ?? [];
  const { prompt, completion } = prices ? priceAt({ ...prices, overrides: [] }, { promptTokens, atMs }) : {};
  const at = (price: string | undefined, count: number): Pico =>
    ((parsePrice(price) ?? 0n) * BigInt(Math.ceil(count))) / priceUnitsPerPico;
  const moved: Partial<Record<CostPartKind, Pico>> = {
    input: at(prompt, (usage.promptTokens ?? 0) - promptTokens),
    output: at(completion, (usage.completionTokens ?? 0) - maxTokens),
    // Tokens of these were expected at the ordinary price.
    cacheRead: picoOf(parts, 'cacheRead') - at(prompt, usage.cachedTokens ?? 0),
    cacheWrite: picoOf(parts, 'cacheWrite') - at(prompt, usage.cacheWriteTokens ?? 0),
    reasoning: picoOf(parts, 'reasoning') - at(completion, usage.reasoningTokens ?? 0),
  };
  return parts.map(({ kind, pico }) => ({ kind, pico: moved[kind] ?? pico - picoOf(expected, kind) }));
}

const picoOf = (parts: readonly CostPart[], kind: CostPartKind): Pico =>
  sumPico(parts.filter(part => part.kind === kind));
