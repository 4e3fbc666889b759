import type { Generation } from '../chat/account';
import type { LedgerEntry } from '../ledger/ledger';
import type { Cost } from '../money/cost';
import { formatPico } from '../money/pico';
import type { Pricing } from '../money/pricing';
import { settledCost } from '../money/trueCost';

export type ComparedField =
  | 'cost'
  | 'promptTokens'
  | 'cachedTokens'
  | 'completionTokens'
  | 'reasoningTokens'
  | 'provider';

/** Where a row and OpenRouter's own record disagree. Costs are USD, decimal text. */
export interface Difference {
  readonly field: ComparedField;
  /** `undefined`: the row has no figure. */
  readonly ours?: string;
  readonly theirs: string;
}

export interface Comparison {
  /** What the request cost by OpenRouter's record, a user's own provider's bill included. */
  readonly theirs: Cost;
  readonly differences: readonly Difference[];
}

const comparedCounts = ['promptTokens', 'cachedTokens', 'completionTokens', 'reasoningTokens'] as const;

/**
 * Sets a row beside what `/generation` says of it. A cost is compared even when the row has none; the
 * rest only where both know it, since either may leave it out.
 */
export function compareRow(
  entry: LedgerEntry,
  generation: Generation,
  pricing: Pricing | undefined,
): Comparison {
  const theirs = settledCost(generation.usage, pricing, entry.startedAt);
  return {
    theirs,
    differences: [
      ...costDifference(entry, theirs),
      ...comparedCounts.flatMap(field => difference(field, entry[field], generation.usage[field])),
      ...difference('provider', entry.provider, generation.provider),
    ],
  };
}

/** An estimate of ours against an estimate of theirs (no bill in either) says nothing. */
function costDifference({ costPico }: LedgerEntry, { state, usd }: Cost): readonly Difference[] {
  if (usd === undefined || (state !== 'settled' && state !== 'free')) return [];
  const ours = costPico === undefined ? undefined : formatPico(costPico);
  return ours === usd ? [] : [{ field: 'cost', ours, theirs: usd }];
}

function difference(
  field: ComparedField,
  ours: string | number | undefined,
  theirs: string | number | undefined,
): readonly Difference[] {
  if (ours === undefined || theirs === undefined || ours === theirs) return [];
  return [{ field, ours: String(ours), theirs: String(theirs) }];
}
