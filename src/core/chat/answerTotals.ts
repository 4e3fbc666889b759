import { type CombinedCost, combineCosts } from '../money/combineCosts';
import type { Usage } from '../money/usage';
import type { Answer } from './answer';
import type { Turn } from './conversation';

/** The ledger rows of a turn's requests, in order. */
export const rowIds = ({
  id,
  answer: { earlier = [], requestId },
}: Pick<Turn, 'id' | 'answer'>): readonly string[] => [
  ...earlier.map(part => part.requestId),
  requestId ?? id,
];

/** What all requests of an answer cost together; undefined when none has a cost yet. */
export function totalCost({ earlier = [], cost }: Answer): CombinedCost | undefined {
  const costs = [...earlier.map(part => part.cost), cost].flatMap(each => each ?? []);
  return costs.length === 0 ? undefined : combineCosts(costs);
}

const counts = [
  'promptTokens',
  'completionTokens',
  'cachedTokens',
  'cacheWriteTokens',
  'reasoningTokens',
] as const satisfies readonly (keyof Usage)[];

/** The tokens of all requests of an answer, as far as they are known; undefined when nothing is. */
export function totalTokens({ earlier = [], usage }: Answer): Usage | undefined {
  if (earlier.length === 0) return usage;
  const usages = [...earlier.map(part => part.usage), usage].flatMap(each => each ?? []);
  if (usages.length === 0) return undefined;
  const sums = counts.flatMap(name => {
    const known = usages.flatMap(each => each[name] ?? []);
    return known.length === 0 ? [] : [[name, known.reduce((sum, count) => sum + count, 0)] as const];
  });
  return Object.fromEntries(sums);
}
