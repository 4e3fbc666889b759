import * as v from 'valibot';
import { costMeanings, outcomeLabels } from '../core/usage/labels';
import { count, keyOf, onlyFields } from './message';
import type { UsageRow } from './usageFigures';

/** What the list is narrowed to, within the page's period or the span of one bar. No other condition is let in. */
export const listFilter = onlyFields({
  text: v.optional(v.string()),
  model: v.optional(v.string()),
  provider: v.optional(v.string()),
  action: v.optional(v.string()),
  workspace: v.optional(v.string()),
  language: v.optional(v.string()),
  outcome: v.optional(keyOf(outcomeLabels)),
  costState: v.optional(keyOf(costMeanings)),
  fromMs: v.optional(count()),
  toMs: v.optional(count()),
});

export type ListFilter = Readonly<v.InferOutput<typeof listFilter>>;

export const listSort = v.picklist(['time', 'cost', 'tokens', 'duration']);

export interface ListOrder {
  readonly sort: v.InferOutput<typeof listSort>;
  /** False: newest, most expensive, longest first. */
  readonly ascending: boolean;
}

/** A list begun anew: its first page. Later pages come as `page` with the same `listId`. */
export interface UsageList extends ListOrder {
  readonly listId: number;
  readonly filter: ListFilter;
  /** How many rows there are in all; `undefined` while only reading them all would tell. */
  readonly rowCount?: number;
  readonly rows: readonly UsageRow[];
  readonly isLast: boolean;
}

/** Rows of every page but the last. */
export const pageSize = 100;
