import type { Cost, CostState } from './cost';
import { formatPico, parsePico } from './pico';

/** What several requests cost together. */
export interface CombinedCost extends Cost {
  /** The sum of what is known; undefined when nothing is. */
  readonly usd?: string;
  /** How many cost an amount that is not known yet, or never. */
  readonly pending: number;
  readonly unknown: number;
}

/** The least certain state is that of the sum. */
const leastCertainFirst: readonly CostState[] = [
  'pending',
  'unknown',
  'estimated',
  'settled',
  'billed',
  'free',
];

/** The sum of `costs`, at least one; an amount that is not known counts apart and is never zero. */
export function combineCosts(costs: readonly Cost[]): CombinedCost {
  const known = costs.flatMap(({ usd }) => parsePico(usd ?? '') ?? []);
  const count = (wanted: CostState): number => costs.filter(({ state }) => state === wanted).length;
  return {
    state: leastCertainFirst.find(state => count(state) > 0) ?? 'unknown',
    usd: known.length === 0 ? undefined : formatPico(known.reduce((sum, pico) => sum + pico, 0n)),
    pending: count('pending'),
    unknown: count('unknown'),
  };
}
