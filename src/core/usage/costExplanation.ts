import { partsOfRow, tokensOf } from '../ledger/costRecords';
import type { LedgerEntry } from '../ledger/ledger';
import type { CostState } from '../money/cost';
import { type CostPartKind, sumPico } from '../money/costPart';
import { type CostRecord, costPartKinds, parseCostRecord } from '../money/costRecord';
import { costCause } from '../money/mainCause';
import { formatPico } from '../money/pico';
import type { Pricing } from '../money/pricing';
import { costEvidence } from './costEvidence';
import { costPartLabels } from './costLabels';
import {
  beyondSentence,
  costSentence,
  estimateSentence,
  pieces,
  type UsualCost,
  usualSentence,
} from './costSentence';
import { signedPercent } from './share';

/** One part as it is shown. Amounts: USD, decimal text. */
export interface ExplainedPart {
  readonly kind: CostPartKind;
  readonly label: string;
  /** `1,230 tokens at $10 per million` */
  readonly detail?: string;
  readonly usd: string;
  /** Of the bill, in percent; below 0 for what made it smaller. */
  readonly percent: number;
}

/** Why a request cost what it did, ready to show. Plain JSON. */
export interface CostExplanation {
  readonly costState: CostState;
  /** What the parts add up to, to the last digit; undefined while the cost is not known. */
  readonly totalUsd?: string;
  readonly parts: readonly ExplainedPart[];
  /** The main cause, in plain words. */
  readonly sentence: string;
  /** Its part; undefined when there is none. */
  readonly mainKind?: CostPartKind;
  /** What was estimated, and what the user's usual is. */
  readonly comparisons: readonly string[];
  /** How far the explanation is to be trusted, where that has to be said. */
  readonly note?: string;
  /** For "Copy Evidence". */
  readonly evidence: string;
  /** Those of each request, in order, where several that went on from each other are explained together. */
  readonly requests?: readonly CostExplanation[];
}

/** What is known beside the row. */
export interface ExplainedBy {
  /** The price list in force now; it counts only for rows that did not keep their own. */
  readonly pricingNow: Pricing | undefined;
  readonly usual: UsualCost | undefined;
}

/** Explains what `row` cost. */
export function explainCost(row: LedgerEntry, { pricingNow, usual }: ExplainedBy): CostExplanation {
  const { record, note } = recordFor(row, pricingNow);
  const parts = [...record.parts].sort(
    (a, b) => costPartKinds.indexOf(a.kind) - costPartKinds.indexOf(b.kind),
  );
  const cause = costCause(record, tokensOf(row), row.startedAt);
  const { main, beyond } = cause ?? {};
  const comparisons = [
    estimateSentence(record.estimate),
    beyond && beyond.cause !== main ? beyondSentence(beyond, parts) : undefined,
    usualSentence(row, usual),
  ];
  return {
    costState: row.costState,
    totalUsd: row.costPico === undefined ? undefined : formatPico(row.costPico),
    parts: parts.map(part => ({
      kind: part.kind,
      label: costPartLabels[part.kind],
      detail: pieces(part),
      usd: formatPico(part.pico),
      percent: signedPercent(part.pico, row.costPico ?? 0n),
    })),
    sentence: costSentence(row, record.parts, cause),
    mainKind: main?.kind,
    comparisons: comparisons.filter(text => text !== undefined),
    note,
    evidence: costEvidence(row, parts, record, note),
  };
}

/** The row's own record, as long as it adds up to the cost the row has now; else one made of what is known today. */
function recordFor(
  row: LedgerEntry,
  pricingNow: Pricing | undefined,
): { readonly record: CostRecord; readonly note?: string } {
  const kept = parseCostRecord(row.costParts);
  const isCostKnown = row.costPico !== undefined && row.costPico !== 0n;
  if (kept && (!isCostKnown || sumPico(kept.parts) === row.costPico)) return { record: kept };
  const prices = kept?.prices ?? pricingNow;
  const record: CostRecord = {
    pricedModel: row.servedModel ?? row.requestedModel,
    ...kept,
    prices,
    parts: partsOfRow(row, prices),
  };
  return isCostKnown ? { record, note: kept?.prices ? undefined : todayNote(prices) } : { record };
}

function todayNote(prices: Pricing | undefined): string {
  const before = 'The prices of its minute were not kept with this request';
  return prices
    ? `${before}: it is explained by today's price list, as far as that goes.`
    : `${before}, and no price list at hand names its model.`;
}
