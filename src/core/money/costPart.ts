import type { Pico } from './pico';
import type { ListedKind } from './priceTable';
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
  /** In the prompt. */
  readonly promptImages?: number;
  /** As the answer names it. */
  readonly serviceTier?: string;
  /** Fees of plugins and tools that the answer's metadata names, USD as decimal text. */
  readonly feesUsd?: string;
}

/** The part that costs most; undefined when none costs anything. */
export function largestPart(parts: readonly CostPart[]): CostPart | undefined {
  return parts
    .filter(({ pico }) => pico > 0n)
    .reduce<CostPart | undefined>((most, part) => (most && most.pico >= part.pico ? most : part), undefined);
}

export function sumPico(parts: readonly CostPart[]): Pico {
  return parts.reduce((sum, { pico }) => sum + pico, 0n);
}
