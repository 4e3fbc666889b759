import { mixedPrice, type UsageMix } from '../money/usageMix';
import type { Model } from './model';

/** The orders of a list of models, first the one of the list itself. */
export const modelOrders = ['list', 'price', 'cost', 'context', 'newest', 'quality', 'value'] as const;
export type ModelOrder = (typeof modelOrders)[number];

export const orderTitles: Readonly<Record<ModelOrder, string>> = {
  list: 'As OpenRouter lists them',
  price: 'Cheapest first',
  cost: 'Cheapest for this selection or question first',
  context: 'Largest context first',
  newest: 'Newest first',
  quality: 'Best coding index first',
  value: 'Most coding index for the dollar first',
};

/** What an order may need to know besides the catalogue. */
export interface SortFacts {
  readonly mix: UsageMix;
  /** The most that what is at hand costs with a model, in pico USD; undefined when it is not known. */
  readonly costOf?: (model: Model) => bigint | undefined;
  /** Epoch ms. */
  readonly nowMs: number;
}

/** In a new order; equal ones stay as they were, and those of which nothing is known come last. */
export function sortModels<T extends { readonly model: Model }>(
  rows: readonly T[],
  order: ModelOrder,
  facts: SortFacts,
): readonly T[] {
  if (order === 'list') return rows;
  const keyed = rows.map(row => ({ row, key: keyOf(row.model, order, facts) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ row }) => row);
}

type Key = bigint | number | undefined;

/** Smaller comes first. */
function keyOf(model: Model, order: Exclude<ModelOrder, 'list'>, { mix, costOf, nowMs }: SortFacts): Key {
  switch (order) {
    case 'price':
      return mixedPrice(model.pricing, mix, nowMs);
    case 'cost':
      return costOf?.(model) ?? undefined;
    case 'context':
      return negative(model.contextTokens);
    case 'newest':
      return negative(model.createdAtSeconds);
    case 'quality':
      return negative(model.benchmarks?.codingIndex);
    case 'value':
      return negative(indexPerDollar(model, mix, nowMs));
  }
}

/** Points of the coding index for the dollar that a million tokens cost; infinite for a free model. */
export function indexPerDollar(model: Model, mix: UsageMix, nowMs: number): number | undefined {
  const index = model.benchmarks?.codingIndex;
  const price = mixedPrice(model.pricing, mix, nowMs);
  if (index === undefined || price === undefined) return undefined;
  return index / (Number(price) / 1e18);
}

const negative = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : -value;

function compareKeys(a: Key, b: Key): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : a > b ? 1 : 0;
}
