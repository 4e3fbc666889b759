import { type CostPart, type CostPartKind, largestPart, listedParts, sumPico } from './costParts';
import type { CostRecord, RecordedEstimate } from './costRecord';
import type { Pico } from './pico';
import { priceAt } from './priceAt';
import { parsePrice, priceUnitsPerPico } from './priceTable';
import type { Pricing } from './pricing';
import type { Usage } from './usage';

/** Why a request cost what it did. */
export interface MainCause {
  readonly kind: CostPartKind;
  /** How much of the bill it is; with `beyondPico` how much it added to what was expected. */
  readonly pico: Pico;
  /** By how much the bill is higher than the most that was estimated; undefined when it is not. */
  readonly beyondPico?: Pico;
}

/**
 * The one main cause of a bill: of one beyond the estimate what added most to it, else its largest part. Undefined
 * for a bill of nothing.
 */
export function mainCause(
  { parts, prices, estimate }: Pick<CostRecord, 'parts' | 'prices' | 'estimate'>,
  usage: Usage,
  atMs: number,
): MainCause | undefined {
  const beyondPico = beyondEstimate(parts, estimate);
  const largest = largestPart(parts);
  if (estimate && beyondPico !== undefined) {
    const added = largestPart(effects(parts, usage, prices, estimate, atMs));
    if (added) return { kind: added.kind, pico: added.pico, beyondPico };
  }
  return largest && { kind: largest.kind, pico: largest.pico };
}

function beyondEstimate(
  parts: readonly CostPart[],
  estimate: RecordedEstimate | undefined,
): Pico | undefined {
  const beyond = estimate?.mostPico === undefined ? 0n : sumPico(parts) - estimate.mostPico;
  return beyond > 0n ? beyond : undefined;
}

/** What made the bill differ from that of the estimate's prompt with the longest answer. */
function effects(
  parts: readonly CostPart[],
  usage: Usage,
  prices: Pricing | undefined,
  { promptTokens, maxTokens }: RecordedEstimate,
  atMs: number,
): readonly CostPart[] {
  const expected =
    (prices && listedParts({ promptTokens, completionTokens: maxTokens }, prices, atMs)) ?? [];
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
