import type { CostEstimate } from './estimate';
import type { Pico } from './pico';

/**
 * What a request costs that any of several models may answer, the one asked for first: from the least of the cheapest
 * to the most of the dearest. One of no known price leaves nothing known.
 */
export function widestCost(estimates: readonly CostEstimate[]): CostEstimate {
  const [first, ...others] = estimates;
  if (!first) throw new RangeError('There is no estimate.');
  if (others.length === 0) return first;
  const least = known(estimates.map(({ minPico }) => minPico));
  const most = known(estimates.map(({ maxPico }) => maxPico));
  return {
    tokens: first.tokens,
    isFree: estimates.every(({ isFree }) => isFree),
    minPico: least?.reduce((one, other) => (other < one ? other : one)),
    maxPico: most?.reduce((one, other) => (other > one ? other : one)),
  };
}

function known(amounts: readonly (Pico | undefined)[]): readonly Pico[] | undefined {
  const all = amounts.filter(amount => amount !== undefined);
  return all.length === amounts.length ? all : undefined;
}
